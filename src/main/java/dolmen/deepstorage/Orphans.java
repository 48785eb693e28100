package dolmen.deepstorage;

import dolmen.archive.MemberNames;
import dolmen.archive.PathIndex;
import dolmen.model.SegmentEntry;
import dolmen.model.UsedSegments;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Files of deep storage that no row of the metadata refers to, used or unused: their number, their bytes, and the first
 * of them. Deep storage is what the load paths of the rows have before their datasource; without rows nobody knows.
 */
public record Orphans(long files, long bytes, List<String> first) {
    private static final int SHOWN = 5;

    public Orphans {
        first = List.copyOf(first);
    }

    /** Takes about 30 MB for a million segments; {@code files} are named relative to the root. */
    public static Orphans find(UsedSegments all, LoadPaths paths, SegmentFiles files) {
        Search search = new Search(paths);
        all.forEach(search::refer);
        files.forEach((name, size) -> MemberNames.plain(name).ifPresent(path -> search.see(path, size)));
        return new Orphans(search.files, search.bytes, search.first);
    }

    private static final class Search {
        private final LoadPaths paths;
        private final PathIndex referred = new PathIndex();
        /** What stands before the datasource in the paths of the rows, {@code segments/}: only there can orphans be. */
        private final SortedSet<String> roots = new TreeSet<>();

        private final List<String> first = new ArrayList<>();
        private long files;
        private long bytes;

        Search(LoadPaths paths) {
            this.paths = paths;
        }

        void refer(SegmentEntry segment) {
            paths.of(segment).ifPresent(path -> {
                referred.add(path);
                if (!segment.path().endsWith("/")) {
                    // older versions of Druid keep a descriptor beside the zip file
                    referred.add(parent(path));
                }
                int datasource = ("/" + path).indexOf("/" + segment.datasource() + "/");
                if (datasource >= 0) {
                    roots.add(path.substring(0, datasource));
                }
            });
        }

        void see(String path, long size) {
            if (roots.stream().noneMatch(path::startsWith)) {
                return;
            }
            boolean known = referred.find(path) != PathIndex.ABSENT || referred.find(parent(path)) != PathIndex.ABSENT;
            if (!known) {
                files++;
                bytes += size;
                if (first.size() < SHOWN) {
                    first.add(path);
                }
            }
        }

        private static String parent(String path) {
            return path.substring(0, Math.max(0, path.lastIndexOf('/')));
        }
    }
}
