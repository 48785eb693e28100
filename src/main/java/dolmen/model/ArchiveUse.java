package dolmen.model;

/**
 * What a backup needs of one segment archive, its own or that of an earlier backup: the archive as it was published, and
 * the number and bytes of the files that are taken from it.
 */
public record ArchiveUse(Artifact archive, long files, long bytes) {
    /** This archive, of which one more file is needed. */
    public ArchiveUse with(Member member) {
        return new ArchiveUse(archive, files + 1, bytes + member.size());
    }
}
