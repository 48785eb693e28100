package dolmen.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was found in the folder of a backup, step after step.
 *
 * @param folder the folder of this backup
 * @param catalog the folder in which the backups lie whose archives this one refers to
 * @param deep whether archives of other backups are read; if not, they only have to be there
 * @param manifest empty for the files of a script
 * @param dump what the metadata dump holds
 * @param root what the names of the archive's members begin with, such as {@code opt/shared}
 * @param coverage the proof that dump and archive fit together
 * @param files the number of files in the archives
 * @param bytes their size together
 * @param notes lines for the report
 */
public record BackupContents(
        Path folder,
        Path catalog,
        boolean deep,
        Optional<Manifest> manifest,
        Optional<DumpSummary> dump,
        Optional<String> root,
        Optional<Coverage> coverage,
        long files,
        long bytes,
        List<String> notes) {
    public BackupContents {
        notes = List.copyOf(notes);
    }

    /** A folder of which only the manifest was read; archives of other backups lie beside it. */
    public static BackupContents begin(Path folder, Optional<Manifest> manifest) {
        return begin(folder, folder.toAbsolutePath().getParent(), true, manifest);
    }

    /** A folder that is not published yet; archives of other backups only have to be there. */
    public static BackupContents written(Path staging, Path catalog, Optional<Manifest> manifest) {
        return begin(staging, catalog, false, manifest);
    }

    private static BackupContents begin(Path folder, Path catalog, boolean deep, Optional<Manifest> manifest) {
        return new BackupContents(
                folder, catalog, deep, manifest, Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, List.of());
    }

    /** The dump was read. */
    public BackupContents withDump(DumpSummary summary) {
        return new BackupContents(
                folder, catalog, deep, manifest, Optional.of(summary), root, coverage, files, bytes, notes);
    }

    /** The archive was read whole: the first names of its members, its files and their bytes, and the proof. */
    public BackupContents withArchive(String memberRoot, Coverage proof, long fileCount, long fileBytes) {
        return new BackupContents(
                folder,
                catalog,
                deep,
                manifest,
                dump,
                Optional.of(memberRoot),
                Optional.of(proof),
                fileCount,
                fileBytes,
                notes);
    }

    /** Adds a line for the report. */
    public BackupContents note(String line) {
        List<String> all = new ArrayList<>(notes);
        all.add(line);
        return new BackupContents(folder, catalog, deep, manifest, dump, root, coverage, files, bytes, all);
    }

    /** A file of the backup. */
    public Path file(String artifact) {
        return folder.resolve(artifact);
    }

    /** The segment archive of a backup: that of this one, or of one that it refers to. */
    public Path archive(Label label) {
        boolean own = manifest.map(known -> known.label().equals(label)).orElse(true);
        return own
                ? file(Artifact.SEGMENT_ARCHIVE)
                : catalog.resolve(label.text()).resolve(Artifact.SEGMENT_ARCHIVE);
    }

    /** Whether files of this backup lie in archives of others. */
    public boolean refersToOthers() {
        return manifest.map(Manifest::refersToOthers).orElse(false);
    }

    /** The used segments that a person accepted as missing when the backup was made. */
    public Set<String> accepted() {
        return manifest.map(known -> Set.copyOf(known.consistency().accepted())).orElse(Set.of());
    }

    /** How a person calls this backup. */
    public String name() {
        return manifest.map(known -> "backup " + known.label()).orElse("the files in " + folder);
    }
}
