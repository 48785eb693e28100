package dolmen.deepstorage.local;

import dolmen.archive.TarTarget;
import dolmen.model.Label;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What an archiver is asked for: where the tar goes to, the label of its backup, the paths relative to the shared folder,
 * sorted, that alone are packed (empty: the whole folder), and which members must not change while they are read.
 */
record Packing(TarTarget tar, Label label, Optional<List<String>> only, Predicate<String> needed) {}
