package dolmen.pipeline;

import dolmen.archive.FreeSpace;
import dolmen.catalog.Catalog;
import dolmen.catalog.GoodBackups;
import dolmen.catalog.PrunedBackups;
import dolmen.catalog.SafeFiles;
import dolmen.model.Ahead;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.RunRequest;
import dolmen.model.Size;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Refused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a backup from the bucket into the catalog, with the archives that it needs and no others. It is published like
 * one that was made here, by one rename; archives of other backups lie there as a pruned backup leaves them.
 */
public final class BackupFetch {
    private static final Logger LOG = LoggerFactory.getLogger(BackupFetch.class);

    private final RemoteCatalog remote;
    private final Catalog catalog;
    private final boolean aloneThere;

    public BackupFetch(RemoteCatalog remote, Catalog catalog) {
        this(remote, catalog, false);
    }

    /** {@code aloneThere} tells that new backups come to be in the bucket alone. */
    public BackupFetch(RemoteCatalog remote, Catalog catalog, boolean aloneThere) {
        this.remote = remote;
        this.catalog = catalog;
        this.aloneThere = aloneThere;
    }

    /** The backups in the bucket. */
    RemoteCatalog remote() {
        return remote;
    }

    /** The label that is meant when none is named: the newest good one there; {@code scratch} is a folder for manifests. */
    public static Label newest(RemoteCatalog remote, Ahead ahead, Path scratch) {
        return good(remote, ahead, scratch).orElseThrow(() -> noneGood(remote, ahead));
    }

    private static Optional<Label> good(RemoteCatalog remote, Ahead ahead, Path scratch) {
        return new GoodBackups(ahead)
                .newestFirst(remote.labels(), label -> readable(remote, label, scratch))
                .findFirst()
                .map(backup -> backup.manifest().label());
    }

    private static Optional<Backup> readable(RemoteCatalog remote, Label label, Path scratch) {
        try {
            return Optional.of(remote.find(label, SafeFiles.folder(scratch)));
        } catch (Damaged unreadable) {
            LOG.warn("passed over backup {} in {}: {}", label, remote.place(), unreadable.getMessage());
            return Optional.empty();
        }
    }

    private static NothingToRestore noneGood(RemoteCatalog remote, Ahead ahead) {
        List<Label> labels = remote.labels();
        if (labels.isEmpty()) {
            return new NothingToRestore(
                    "there is no backup in " + remote.place(),
                    "Check dolmen.storage.bucket and dolmen.storage.prefix.");
        }
        return ahead.words(labels)
                .map(future -> new NothingToRestore(
                        "there is no backup in " + remote.place() + " that counts: " + future,
                        "Correct this machine's clock, or name the backup that is meant."))
                .orElseGet(() -> new NothingToRestore(
                        "there is no good backup in " + remote.place(),
                        "Name the backup that is meant; the plan says what speaks against it."));
    }

    /** Fetches what a restore asks for and the catalog does not have; without a label only when that is the newest one. */
    public void fetchWanted(RunRequest request) {
        wanted(request).ifPresent(this::fetch);
    }

    /** The backup that is asked for, when it is not in the catalog. */
    public Optional<Label> wanted(RunRequest request) {
        List<Label> here = catalog.labels();
        if (request.from().isPresent()) {
            return Optional.empty();
        }
        if (request.label().isPresent()) {
            return request.label().filter(label -> !here.contains(label));
        }
        Path scratch = catalog.scratch();
        if (here.isEmpty()) {
            return Optional.of(newest(remote, catalog.ahead(), scratch));
        }
        Optional<Label> goodHere =
                catalog.lastGood().map(backup -> backup.manifest().label());
        return aloneThere || goodHere.isEmpty()
                ? good(remote, catalog.ahead(), scratch)
                        .filter(there -> goodHere.stream().allMatch(label -> label.compareTo(there) < 0))
                        .filter(there -> !here.contains(there))
                : Optional.empty();
    }

    /** Does nothing when the catalog has this backup. Throws {@link Refused} when its disk has not enough room. */
    public void fetch(Label label) {
        if (catalog.labels().contains(label)) {
            return;
        }
        Path staging = catalog.stageAgain(label);
        Manifest manifest = remote.manifest(label, SafeFiles.folder(staging.resolve("remote")));
        SafeFiles.remove(staging.resolve("remote"));
        requireRoom(manifest);
        remote.expect(manifest.bytes() + manifest.bytesOfOthers());
        for (Map.Entry<Label, ArchiveUse> use : manifest.archives().entrySet()) {
            if (!use.getKey().equals(label)) {
                fetchArchive(use.getKey(), use.getValue().archive());
            }
        }
        remote.fetch(manifest, staging);
        remote.manifest(label, staging);
        catalog.publish(staging);
    }

    private void fetchArchive(Label label, Artifact archive) {
        Path folder = SafeFiles.folder(catalog.folder().resolve(label.text()));
        if (!Files.exists(folder.resolve(Artifact.MANIFEST))) {
            new PrunedBackups(catalog).mark(label);
        }
        remote.fetch(label, archive, folder.resolve(archive.name()));
    }

    private void requireRoom(Manifest manifest) {
        long needed = manifest.bytes() + manifest.bytesOfOthers();
        long free = FreeSpace.at(catalog.folder());
        if (free < needed) {
            throw new Refused(
                    "the catalog has " + Size.words(free) + " free, backup " + manifest.label()
                            + " and the archives that" + " it needs have " + Size.words(needed),
                    "Make room in " + catalog.folder() + "; nothing was fetched.");
        }
    }
}
