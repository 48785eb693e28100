package dolmen.deepstorage;

import java.util.List;

/**
 * What a restore brought in: how the bytes travelled, as a report names it, what the names of the archive's members began
 * with in place of the root, files and the bytes of their content, and sentences that belong into a report.
 */
public record Staged(String way, String prefix, long files, long bytes, List<String> warnings) {
    public Staged {
        warnings = List.copyOf(warnings);
    }
}
