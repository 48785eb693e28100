package dolmen.deepstorage;

import dolmen.model.Transport;
import java.util.List;

/**
 * What was unpacked beside the old content: the transport that was taken, the name that the members began with in place of the
 * shared folder, files and the bytes of their content, and sentences that belong into a report.
 */
public record Staged(Transport transport, String prefix, long files, long bytes, List<String> warnings) {
    public Staged {
        warnings = List.copyOf(warnings);
    }
}
