package dolmen.deepstorage;

import dolmen.archive.MemberNames;
import dolmen.archive.PathIndex;
import dolmen.model.UsedSegments;
import java.util.Optional;
import java.util.function.Predicate;

/** Which members of an archive used segments need. The segments are read when it is asked for the first time. */
public final class UsedFiles implements Predicate<String> {
    private final UsedSegments used;
    private final LoadPaths loadPaths;
    private PathIndex paths;

    public UsedFiles(UsedSegments used, LoadPaths loadPaths) {
        this.used = used;
        this.loadPaths = loadPaths;
    }

    @Override
    public boolean test(String name) {
        Optional<String> path =
                MemberNames.plain(name).flatMap(plain -> MemberNames.below(loadPaths.memberPrefix(), plain));
        return path.filter(this::isUsed).isPresent();
    }

    /** A segment is a file, or the files that lie directly in its folder. */
    private boolean isUsed(String path) {
        if (paths == null) {
            paths = new PathIndex();
            used.forEach(segment -> loadPaths.of(segment).ifPresent(paths::add));
        }
        int slash = path.lastIndexOf('/');
        return isUsedPath(path) || slash > 0 && isUsedPath(path.substring(0, slash));
    }

    private boolean isUsedPath(String path) {
        return paths.find(path) != PathIndex.ABSENT;
    }
}
