package dolmen.model;

/**
 * One line of {@code segments.jsonl.gz}: a file's name in the archive (no leading slash), its size in bytes, its
 * SHA-256, the label of the backup whose archive holds it, and the offset in bytes of its content in that archive.
 */
public record Member(String path, long size, Checksum sha256, Label label, long offset) {}
