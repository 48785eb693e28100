package dolmen.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about a backup's folder: its manifest when it has one (a script's folder has none), what its dump
 * holds, the first names of its archive's members ({@code opt/shared}), the proof that both fit together, and notes.
 */
public record Examination(
        Path folder,
        Optional<Manifest> manifest,
        Optional<DumpSummary> dump,
        Optional<String> root,
        Optional<Coverage> coverage,
        long files,
        long bytes,
        List<String> notes) {
    public Examination {
        notes = List.copyOf(notes);
    }

    /** A folder of which only the manifest was read. */
    public static Examination begin(Path folder, Optional<Manifest> manifest) {
        return new Examination(folder, manifest, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, List.of());
    }

    public Examination withDump(DumpSummary summary) {
        return new Examination(folder, manifest, Optional.of(summary), root, coverage, files, bytes, notes);
    }

    /** The archive was read whole: the first names of its members, its files and their bytes, and the proof. */
    public Examination withArchive(String memberRoot, Coverage proof, long fileCount, long fileBytes) {
        return new Examination(
                folder, manifest, dump, Optional.of(memberRoot), Optional.of(proof), fileCount, fileBytes, notes);
    }

    public Examination note(String line) {
        List<String> all = new ArrayList<>(notes);
        all.add(line);
        return new Examination(folder, manifest, dump, root, coverage, files, bytes, all);
    }

    /** A file of the backup. */
    public Path file(String artifact) {
        return folder.resolve(artifact);
    }

    /** How a person calls this backup. */
    public String name() {
        return manifest.map(known -> "backup " + known.label()).orElse("the files in " + folder);
    }
}
