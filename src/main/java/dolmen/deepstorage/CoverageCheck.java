package dolmen.deepstorage;

import dolmen.archive.MemberNames;
import dolmen.archive.PathIndex;
import dolmen.model.Coverage;
import dolmen.model.SegmentEntry;
import dolmen.model.UsedSegments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds out which used segments an archive or a folder holds whole. A segment that is a folder is held when files lie
 * directly in it, none of them is empty, and together they have at least the bytes that the metadata says; one that is a
 * file ({@code index.zip}) when it is there and not empty; a tombstone always. Segments with a load spec of another type, or with
 * a path outside of the root, are not held. Takes about 45 MB for a million segments; reads them once, and once more when any is
 * missing.
 *
 * @see <a href="https://github.com/apache/druid/blob/druid-25.0.0/server/src/main/java/org/apache/druid/segment/loading/LocalDataSegmentPusher.java">
 *     Druid 25: a folder's size is the sum of its files, an archive's that of what it holds unpacked</a>
 */
public final class CoverageCheck {
    private static final byte FOLDER_WANTED = 1;
    private static final byte IS_FILE = 2;
    private static final byte IS_FOLDER = 4;
    private static final byte HAS_EMPTY = 8;

    private final LoadPaths loadPaths;
    private final String memberPrefix;
    private final boolean exact;
    private final PathIndex paths = new PathIndex();
    /** By the number of a path: the bytes that the metadata says, less those of the files in the folder. */
    private long[] missingBytes = new long[1024];

    private byte[] flags = new byte[1024];
    private boolean wantsFiles;
    private String lastFolder;
    private int lastNumber = PathIndex.ABSENT;
    private long used;
    private long fileless;
    /** Segments with files, but none that can be here: of another load spec, or outside of the root. */
    private long notCovered;

    private CoverageCheck(LoadPaths loadPaths, String memberPrefix, boolean exact) {
        this.loadPaths = loadPaths;
        this.memberPrefix = memberPrefix;
        this.exact = exact;
    }

    /**
     * Compares the used segments with files whose names begin with the prefix where load paths begin with the root:
     * {@code opt/shared} and {@code /opt/shared}.
     */
    public static CoverageReport check(
            UsedSegments used, LoadPaths loadPaths, SegmentFiles files, String memberPrefix) {
        return check(used, loadPaths, files, memberPrefix, Set.of());
    }

    /** Compares them, where a person accepted that these segments are missing. */
    public static CoverageReport check(
            UsedSegments used, LoadPaths loadPaths, SegmentFiles files, String memberPrefix, Set<String> mayBeMissing) {
        return of(used, loadPaths, files, memberPrefix).report(used, mayBeMissing);
    }

    /** Compares them, to be asked about single segments and files. */
    public static CoverageCheck of(UsedSegments used, LoadPaths loadPaths, SegmentFiles files, String memberPrefix) {
        return of(used, loadPaths, files, memberPrefix, false);
    }

    /**
     * Where it is {@code exact}, a segment whose files are larger than the metadata says is not held, nor is one
     * that is a single file, since of that the metadata says another size.
     */
    public static CoverageCheck of(
            UsedSegments used, LoadPaths loadPaths, SegmentFiles files, String memberPrefix, boolean exact) {
        CoverageCheck check = new CoverageCheck(loadPaths, memberPrefix, exact);
        used.forEach(check::expect);
        files.forEach(check::see);
        return check;
    }

    /** The segment's path relative to the root when its files are wanted and not all there. */
    public Optional<String> lacking(SegmentEntry segment) {
        return path(segment).filter(path -> reason(paths.find(path)).isPresent());
    }

    /** Whether all files of this segment are there. */
    public boolean isHeld(SegmentEntry segment) {
        return reason(segment).isEmpty();
    }

    /** Whether this file belongs to a used segment that is held whole. */
    boolean isNeeded(String name) {
        Optional<String> path = MemberNames.plain(name).flatMap(plain -> MemberNames.below(memberPrefix, plain));
        return path.filter(this::isNeededPath).isPresent();
    }

    private boolean isNeededPath(String path) {
        int slash = path.lastIndexOf('/');
        return wantsFiles && isHeld(paths.find(path)) || slash > 0 && isHeld(folder(path.substring(0, slash)));
    }

    private boolean isHeld(int number) {
        return number != PathIndex.ABSENT && reason(number).isEmpty();
    }

    private void expect(SegmentEntry segment) {
        used++;
        if (!LoadPaths.hasFiles(segment)) {
            fileless++;
            return;
        }
        Optional<String> path = path(segment);
        if (path.isEmpty()) {
            notCovered++;
            return;
        }
        int number = paths.add(path.get());
        if (number >= flags.length) {
            int larger = number + number / 2;
            flags = Arrays.copyOf(flags, larger);
            missingBytes = Arrays.copyOf(missingBytes, larger);
        }
        missingBytes[number] = Math.max(missingBytes[number], segment.size());
        if (segment.path().endsWith("/")) {
            flags[number] |= FOLDER_WANTED;
            return;
        }
        wantsFiles = true;
    }

    private Optional<String> path(SegmentEntry segment) {
        return loadPaths.of(segment);
    }

    private void see(String name, long size) {
        Optional<String> path = MemberNames.plain(name).flatMap(plain -> MemberNames.below(memberPrefix, plain));
        if (path.isEmpty()) {
            return;
        }
        if (wantsFiles) {
            mark(paths.find(path.get()), IS_FILE, size);
        }
        int slash = path.get().lastIndexOf('/');
        int folder = slash > 0 ? folder(path.get().substring(0, slash)) : PathIndex.ABSENT;
        mark(folder, IS_FOLDER, size);
        if (folder != PathIndex.ABSENT) {
            missingBytes[folder] -= size;
        }
    }

    /** Files of one folder mostly come one after the other. */
    private int folder(String path) {
        if (!path.equals(lastFolder)) {
            lastNumber = paths.find(path);
            lastFolder = path;
        }
        return lastNumber;
    }

    private void mark(int number, byte kind, long size) {
        if (number != PathIndex.ABSENT) {
            flags[number] |= size == 0 ? (byte) (kind | HAS_EMPTY) : kind;
        }
    }

    private CoverageReport report(UsedSegments segments, Set<String> mayBeMissing) {
        boolean complete = notCovered == 0;
        for (int i = 0; complete && i < paths.size(); i++) {
            complete = reason(i).isEmpty();
        }
        if (complete) {
            return new CoverageReport(
                    new Coverage(used, used - fileless, fileless, List.of(), List.of()), new TreeMap<>());
        }
        List<String> missing = new ArrayList<>();
        List<String> accepted = new ArrayList<>();
        SortedMap<String, Long> reasons = new TreeMap<>();
        segments.forEach(segment -> reason(segment).ifPresent(reason -> {
            reasons.merge(reason, 1L, Long::sum);
            if (mayBeMissing.contains(segment.id())) {
                accepted.add(segment.id());
            }
            if (missing.size() < Coverage.LISTED) {
                missing.add(segment.id());
            }
        }));
        long lost = reasons.values().stream().mapToLong(Long::longValue).sum();
        return new CoverageReport(new Coverage(used, used - fileless - lost, fileless, missing, accepted), reasons);
    }

    private Optional<String> reason(SegmentEntry segment) {
        if (!LoadPaths.hasFiles(segment)) {
            return Optional.empty();
        }
        if (!loadPaths.isKept(segment)) {
            return Optional.of("load spec " + segment.loadSpecType() + " is not covered");
        }
        if (segment.path().isEmpty()) {
            return Optional.of("the load spec has no path");
        }
        return path(segment)
                .map(path -> reason(paths.find(path)))
                .orElseGet(() -> Optional.of("the load path lies outside of " + loadPaths.root()));
    }

    private Optional<String> reason(int number) {
        boolean folder = (flags[number] & IS_FOLDER) != 0;
        boolean file = (flags[number] & IS_FILE) != 0 && (flags[number] & FOLDER_WANTED) == 0;
        if (!folder && !file) {
            return Optional.of("no file is there");
        }
        if ((flags[number] & HAS_EMPTY) != 0) {
            return Optional.of("a file is empty");
        }
        if (folder && missingBytes[number] > 0) {
            return Optional.of("the files are smaller than the metadata says");
        }
        return exact && (!folder || missingBytes[number] < 0)
                ? Optional.of("the files are not known to have the size that the metadata says")
                : Optional.empty();
    }
}
