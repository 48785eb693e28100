package dolmen.deepstorage;

import dolmen.archive.MemberIndex;
import java.nio.file.Path;

/** The files of an archive or of a deep storage, read anew at each call and never held in memory as a whole. */
@FunctionalInterface
public interface SegmentFiles {
    void forEach(Visitor visitor);

    /** Takes one file: its name as it stands there, and its size in bytes. */
    @FunctionalInterface
    interface Visitor {
        void accept(String name, long size);
    }

    /** The files that an index lists. */
    static SegmentFiles ofIndex(Path index) {
        return visitor -> MemberIndex.read(index, member -> visitor.accept(member.path(), member.size()));
    }
}
