package dolmen.deepstorage;

import dolmen.archive.MemberNames;
import dolmen.model.SegmentEntry;
import dolmen.model.UsedSegments;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How load specs name the files of one deep storage: their type, and the root that their paths begin with, {@code
 * /opt/shared} for type {@code local}.
 */
public record LoadPaths(String type, String root) {
    private static final String TOMBSTONE = "tombstone";
    private static final int PREFIXES = 100;

    /** Whether the segment has files at all; a tombstone says that there are no rows in its interval, and has none. */
    static boolean hasFiles(SegmentEntry segment) {
        return !segment.loadSpecType().equals(TOMBSTONE);
    }

    /**
     * The paths by which a backup names files, whose names begin with the prefix: a backup of a stack with another root names
     * them by that one, and some tars by no folder at all.
     */
    public LoadPaths named(UsedSegments used, String prefix) {
        LoadPaths other = new LoadPaths(type, "/" + prefix);
        return !prefix.isEmpty() && other.foreign(used).isEmpty() ? other : this;
    }

    /** Where the segment's files are, relative to the root; nothing when they are not kept there. */
    public Optional<String> of(SegmentEntry segment) {
        return isKept(segment) ? relative(segment.path()) : Optional.empty();
    }

    /** Whether the segment's load spec is of the type whose files are here. */
    boolean isKept(SegmentEntry segment) {
        return segment.loadSpecType().equals(type);
    }

    private Optional<String> relative(String loadPath) {
        if (!loadPath.startsWith("/")) {
            return Optional.empty();
        }
        return MemberNames.plain(strip(loadPath))
                .flatMap(path -> MemberNames.below(memberPrefix(), path))
                .filter(path -> !path.isEmpty());
    }

    /** The name that members of an archive begin with in place of the root: {@code opt/shared} for {@code /opt/shared}. */
    public String memberPrefix() {
        return MemberNames.plain(strip(root))
                .orElseThrow(() -> new IllegalArgumentException("not a plain path: " + root));
    }

    private static String strip(String path) {
        return path.replaceFirst("^/+", "");
    }

    /**
     * The folders, with the number of their used segments, that load paths outside of the root begin with; a restore would
     * put no file there. At most 100 are told apart, the rest is counted under {@code ...}.
     */
    public SortedMap<String, Long> foreign(UsedSegments used) {
        SortedMap<String, Long> prefixes = new TreeMap<>();
        used.forEach(segment -> {
            if (isKept(segment) && relative(segment.path()).isEmpty()) {
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
