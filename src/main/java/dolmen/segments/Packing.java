package dolmen.segments;

import dolmen.archive.TarTarget;
import dolmen.model.Label;
import java.util.List;
import java.util.Optional;

/**
 * What an archiver is asked for: where the tar goes to, the label of its backup, and the paths relative to the shared folder,
 * sorted, that alone are packed (empty: the whole folder).
 */
record Packing(TarTarget tar, Label label, Optional<List<String>> only) {}
