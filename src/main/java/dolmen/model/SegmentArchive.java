package dolmen.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The segment archive of a backup and its index: the two artifacts, the transport that was taken (none: there was nothing to
 * pack), the number of files packed and their bytes, and all archives that the index refers to, by the backup they
 * belong to.
 */
public record SegmentArchive(
        Artifact tar,
        Artifact index,
        Optional<Transport> transport,
        long files,
        long bytes,
        SortedMap<Label, ArchiveUse> archives) {
    public SegmentArchive {
        archives = Collections.unmodifiableSortedMap(new TreeMap<>(archives));
    }

    /** How a report names the transport. */
    public String transportWord() {
        return transport.map(Transport::word).orElse("none");
    }

    /** The files in all archives that the index refers to. */
    public long held() {
        return archives.values().stream().mapToLong(ArchiveUse::files).sum();
    }
}
