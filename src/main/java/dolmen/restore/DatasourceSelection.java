package dolmen.restore;

import dolmen.archive.Digests;
import dolmen.archive.FreeSpace;
import dolmen.archive.MemberContents;
import dolmen.archive.MemberIndex;
import dolmen.archive.SafeFiles;
import dolmen.catalog.BackupFetch;
import dolmen.catalog.BackupFolders;
import dolmen.catalog.FileCheck;
import dolmen.catalog.RangeFetch;
import dolmen.catalog.RemoteCatalog;
import dolmen.deepstorage.DatasourceFiles;
import dolmen.deepstorage.LoadPaths;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Coverage;
import dolmen.model.DumpSummary;
import dolmen.model.HeapNeed;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.RestoreChoice;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.Size;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Refused;
import dolmen.model.UsedSegments;
import dolmen.settings.NearestWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Finds what a restore of single datasources needs of a backup: its dump and its index, checked, and by them the files.
 * Of a backup in the bucket only these two are fetched here, and by {@link #fetch} the ranges of the archives that hold
 * the files. The contents of files are compared with the checksums of the index when they are read.
 */
public final class DatasourceSelection {
    private final BackupFolders folders;
    private final Optional<BackupFetch> bucket;
    private final LoadPaths paths;
    private final SelectedFiles selected;
    private final MetadataDumps dumps;

    /** {@code selected} tells where what is needed lies until it is tidied. */
    public DatasourceSelection(
            BackupFolders folders,
            Optional<BackupFetch> bucket,
            LoadPaths paths,
            SelectedFiles selected,
            MetadataDumps dumps) {
        this.dumps = dumps;
        this.folders = folders;
        this.bucket = bucket;
        this.paths = paths;
        this.selected = selected;
    }

    /**
     * Finds the backup, checks its dump and its index, and lists the files that are needed; counts what is fetched. Throws {@link
     * Refused} for the files of a script, and {@link NothingToRestore} when the backup has no used segment of one of the datasources.
     */
    public RestoreRun select(Run run, Meter meter) {
        RunRequest request = run.request();
        RestoreChoice choice = request.choice();
        if (request.backup().from().isPresent()) {
            throw new Refused(
                    "the files of a script have no index that tells where those of one datasource lie",
                    "Restore all of it; or restore it on a stack beside, back that one up, and restore from there.");
        }
        selected.tidy(run);
        Path own = SafeFiles.folder(selected.folder(run));
        BackupContents backup = bucket.flatMap(there -> there.wanted(request))
                .map(label -> fetchLists(label, own, meter))
                .orElseGet(() -> folders.find(request));
        Manifest manifest = backup.manifest().orElseThrow();
        for (String name : List.of(Artifact.METADATA_DUMP, Artifact.SEGMENT_INDEX)) {
            FileCheck.require(backup, manifest.artifact(name).orElseThrow(), Digests.artifact(backup.file(name)));
        }
        Path dump = backup.file(Artifact.METADATA_DUMP);
        DumpSummary summary = dumps.read(dump, segment -> {});
        choice.datasources().forEach(name -> requireKnown(name, backup, summary));
        long used = choice.datasources().stream()
                .mapToLong(name -> summary.datasources().get(name).segments())
                .sum();
        HeapNeed.require(used);
        UsedSegments wanted = choice.wanted(dumps.usedSegments(dump));
        DatasourceFiles files = DatasourceFiles.select(backup, wanted, paths, selected.index(run));
        if (!backup.folder().startsWith(own)) {
            requireContents(backup, files.index());
        }
        Coverage held = new Coverage(used, used, List.of());
        return RestoreRun.begin(
                run, backup.withDump(summary).withArchive(files.prefix(), held, files.files(), files.bytes()));
    }

    /** Compares the files in the archives with the index. Those of a backup in the bucket are compared when they are fetched. */
    private static void requireContents(BackupContents backup, Path index) {
        try (MemberContents contents = new MemberContents(backup::archive)) {
            MemberIndex.read(index, contents::check);
        }
    }

    /** Fetches the manifest, the dump and the index of a backup in the bucket. */
    private BackupContents fetchLists(Label label, Path own, Meter meter) {
        RemoteCatalog remote = bucket.orElseThrow().remote();
        Path folder = SafeFiles.folder(own.resolve(label.text()));
        Manifest manifest = remote.find(label, folder).manifest();
        for (String name : List.of(Artifact.METADATA_DUMP, Artifact.SEGMENT_INDEX)) {
            remote.fetch(label, manifest.artifact(name).orElseThrow(), folder.resolve(name), meter);
        }
        return BackupContents.begin(folder, Optional.of(manifest));
    }

    private static void requireKnown(String datasource, BackupContents backup, DumpSummary dump) {
        if (!dump.datasources().containsKey(datasource)) {
            throw new NothingToRestore(
                    backup.name() + " has no used segment of datasource '" + datasource + "'",
                    dump.datasources().isEmpty()
                            ? "It has none at all."
                            : "Is '"
                                    + NearestWord.to(
                                            datasource, dump.datasources().keySet())
                                    + "' meant? `dolmen show` lists its datasources.");
        }
    }

    /** Fetches the files from the bucket when the backup lies there, by ranges; nothing otherwise. Counts and returns the bytes. */
    public long fetch(RestoreRun restore, Meter meter) {
        if (!selected.areFetched(restore)) {
            return 0;
        }
        Path own = selected.folder(restore.run());
        long free = FreeSpace.at(own);
        long needed = RangeFetch.bytes(selected.index(restore.run()));
        if (free < needed) {
            throw new Refused(
                    own + " has " + Size.words(free) + " free, the files need " + Size.words(needed),
                    "Make room there, or set dolmen.state.path; nothing was changed.");
        }
        return new RangeFetch(bucket.orElseThrow().remote(), meter)
                .fetch(selected.index(restore.run()), restore.source()::archive);
    }
}
