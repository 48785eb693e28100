package dolmen.deepstorage;

import dolmen.model.SegmentArchive;
import java.util.ArrayList;
import java.util.List;

/**
 * The archive of a deep storage, and what its making met: files that vanished, files that changed while they were read
 * (the content that the archive has of them is not to be trusted), and sentences that belong into a report.
 */
public record MadeArchive(SegmentArchive archive, List<String> vanished, List<String> changed, List<String> warnings) {
    public MadeArchive {
        vanished = List.copyOf(vanished);
        changed = List.copyOf(changed);
        warnings = List.copyOf(warnings);
    }

    /** With these sentences behind its own. */
    public MadeArchive warn(List<String> more) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(more);
        return new MadeArchive(archive, vanished, changed, all);
    }
}
