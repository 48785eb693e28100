package dolmen.archive;

import java.util.List;

/**
 * What is in a tar that may be unpacked, or what was unpacked: files, the bytes of their content, whether
 * there is a member for the target folder itself, and one sentence for each thing that could not be kept (owners, when this
 * process is not root).
 */
public record Unpacked(long files, long bytes, boolean hasRoot, List<String> warnings) {
    public Unpacked {
        warnings = List.copyOf(warnings);
    }
}
