package dolmen.segments;

import dolmen.model.Label;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What an archiver is asked for: the tar to write, the label of its backup, and the paths relative to the shared folder,
 * sorted, that alone are packed (empty: the whole folder).
 */
record Packing(Path tar, Label label, Optional<List<String>> only) {}
