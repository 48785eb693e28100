package dolmen.model;

/**
 * What tells a used segment from another one with the same id and path: its id, its datasource, when its row was created, as
 * the database writes it, and the fingerprint of its row, the first 32 hexadecimal digits of a SHA-256 over id, created_date
 * and payload. Created is empty where an index tells of the segment.
 */
public record SegmentPrint(String id, String datasource, String created, String fingerprint) {}
