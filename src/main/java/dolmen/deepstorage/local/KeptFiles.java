package dolmen.deepstorage.local;

import dolmen.archive.MemberNames;
import dolmen.deepstorage.SegmentFiles;
import java.util.Optional;

/** The files of a shared folder as they are once those are put back that a restore of single datasources has kept. */
public final class KeptFiles {
    private KeptFiles() {}

    /** {@code live} are the files as they are now, {@code run} is the restore. */
    public static SegmentFiles putBack(SegmentFiles live, String run) {
        String kept = Swap.Names.of(run).kept();
        return visitor -> live.forEach((name, size) -> {
            Optional<String> path = MemberNames.plain(name);
            visitor.accept(path.flatMap(plain -> MemberNames.below(kept, plain)).orElse(name), size);
        });
    }
}
