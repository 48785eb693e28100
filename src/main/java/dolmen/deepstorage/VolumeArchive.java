package dolmen.deepstorage;

import dolmen.model.SegmentArchive;
import java.util.List;

/**
 * The archive of a shared folder, and what its making met: files that vanished, files that changed while they were read
 * (the content that the archive has of them is not to be trusted), and sentences that belong into a report.
 */
public record VolumeArchive(
        SegmentArchive archive, List<String> vanished, List<String> changed, List<String> warnings) {
    public VolumeArchive {
        vanished = List.copyOf(vanished);
        changed = List.copyOf(changed);
        warnings = List.copyOf(warnings);
    }
}
