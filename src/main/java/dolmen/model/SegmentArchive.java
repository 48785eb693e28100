package dolmen.model;

/**
 * The segment archive of a backup and its index: the two artifacts, the road that was taken, the number of files and
 * their bytes.
 */
public record SegmentArchive(Artifact tar, Artifact index, Road road, long files, long bytes) {}
