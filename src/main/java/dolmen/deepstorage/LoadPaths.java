package dolmen.deepstorage;

import dolmen.archive.MemberNames;
import dolmen.model.SegmentEntry;
import dolmen.model.UsedSegments;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The absolute paths that load specs of type {@code local} name, seen from the shared folder. */
public final class LoadPaths {
    /** The one load-spec type whose files Dolmen keeps. */
    public static final String LOCAL = "local";

    private static final String TOMBSTONE = "tombstone";
    private static final int PREFIXES = 100;

    private LoadPaths() {}

    /** Whether the segment has files at all; a tombstone says that there are no rows in its interval, and has none. */
    static boolean hasFiles(SegmentEntry segment) {
        return !segment.loadSpecType().equals(TOMBSTONE);
    }

    /**
     * The shared folder as load paths name it, for files whose names begin with the prefix in its place: a backup of a stack
     * with another shared folder names them by that one, and some tars by no folder at all.
     */
    public static String sharedPath(UsedSegments used, String prefix, String sharedPath) {
        return !prefix.isEmpty() && foreign(used, "/" + prefix).isEmpty() ? "/" + prefix : sharedPath;
    }

    /** Where the segment's files are, relative to the shared folder; nothing when they are not kept there. */
    static Optional<String> of(SegmentEntry segment, String sharedPath) {
        return segment.loadSpecType().equals(LOCAL) ? relative(sharedPath, segment.path()) : Optional.empty();
    }

    /** The load path relative to the shared folder; nothing when it does not lie there. */
    static Optional<String> relative(String sharedPath, String loadPath) {
        if (!loadPath.startsWith("/")) {
            return Optional.empty();
        }
        return MemberNames.plain(strip(loadPath))
                .flatMap(path -> MemberNames.below(memberPrefix(sharedPath), path))
                .filter(path -> !path.isEmpty());
    }

    /** The name that members of an archive of this folder begin with: {@code opt/shared} for {@code /opt/shared}. */
    public static String memberPrefix(String sharedPath) {
        return MemberNames.plain(strip(sharedPath))
                .orElseThrow(() -> new IllegalArgumentException("not a plain path: " + sharedPath));
    }

    private static String strip(String path) {
        return path.replaceFirst("^/+", "");
    }

    /**
     * The folders, with the number of their used segments, that load paths outside of the shared folder begin with; a
     * restore would put no file there. At most 100 are told apart, the rest is counted under {@code ...}.
     */
    public static SortedMap<String, Long> foreign(UsedSegments used, String sharedPath) {
        SortedMap<String, Long> prefixes = new TreeMap<>();
        used.forEach(segment -> {
            if (segment.loadSpecType().equals(LOCAL)
                    && relative(sharedPath, segment.path()).isEmpty()) {
                String prefix = prefix(segment);
                boolean room = prefixes.size() < PREFIXES || prefixes.containsKey(prefix);
                prefixes.merge(room ? prefix : "...", 1L, Long::sum);
            }
        });
        return prefixes;
    }

    /** What stands before the datasource, as Druid lays segments out; else the path's first two names. */
    private static String prefix(SegmentEntry segment) {
        String path = segment.path();
        int datasource = path.indexOf("/" + segment.datasource() + "/");
        if (datasource > 0) {
            return path.substring(0, datasource);
        }
        int second = path.indexOf('/', path.indexOf('/', 1) + 1);
        return second > 0 ? path.substring(0, second) : path;
    }
}
