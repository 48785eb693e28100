package dolmen.catalog;

import dolmen.archive.FreeSpace;
import dolmen.archive.SafeFiles;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.RunRequest;
import dolmen.model.Size;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.model.StepFailure.Refused;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Brings a backup from the bucket into the catalog, with the archives that it needs and no others. It is published like
 * one that was made here, by one rename; archives of other backups lie there as a pruned backup leaves them.
 */
public final class BackupFetch {
    private final RemoteCatalog remote;
    private final Catalog catalog;
    private final Function<RunRequest, Optional<Label>> wanted;
    private final LongSupplier freeBytes;

    /** {@code wanted} tells which backup a run needs that the catalog does not have. */
    public BackupFetch(RemoteCatalog remote, Catalog catalog, Function<RunRequest, Optional<Label>> wanted) {
        this(remote, catalog, wanted, () -> FreeSpace.at(catalog.folder()));
    }

    /** With other free bytes where the catalog is, for tests. */
    BackupFetch(
            RemoteCatalog remote,
            Catalog catalog,
            Function<RunRequest, Optional<Label>> wanted,
            LongSupplier freeBytes) {
        this.remote = remote;
        this.catalog = catalog;
        this.wanted = wanted;
        this.freeBytes = freeBytes;
    }

    /** The backups in the bucket. */
    public RemoteCatalog remote() {
        return remote;
    }

    /** Fetches and counts what a run asks for and the catalog does not have, be it an archive that one of its backups needs. */
    public void fetchWanted(RunRequest request, Meter meter) {
        wanted(request).or(request.backup()::label).ifPresent(label -> fetch(label, meter));
    }

    /** Whether {@link #fetchWanted} would change the catalog. */
    public boolean lacks(RunRequest request) {
        return wanted(request).isPresent()
                || request.backup()
                        .label()
                        .filter(label -> !lost(catalog.find(label).manifest()).isEmpty())
                        .isPresent();
    }

    /** The backup that is asked for, when it is not in the catalog. */
    public Optional<Label> wanted(RunRequest request) {
        return wanted.apply(request);
    }

    /**
     * Of a backup that the catalog has, only archives that it lost are fetched. What is fetched is counted. Returns what came;
     * empty when nothing was lacking. Throws {@link Refused} when its disk has not enough room, and {@link NothingToRestore}
     * when the backup is in neither place.
     */
    public Optional<Manifest> fetch(Label label, Meter meter) {
        if (catalog.labels().contains(label)) {
            Manifest manifest = catalog.find(label).manifest();
            return fetchLost(manifest, meter) ? Optional.of(manifest) : Optional.empty();
        }
        requireThere(label);
        Path staging = catalog.stageAgain(label);
        Manifest manifest = remote.vouched(label, SafeFiles.folder(staging.resolve("remote")));
        SafeFiles.remove(staging.resolve("remote"));
        requireRoom(label, lackingBytes(manifest, new FolderStore(staging.getParent())));
        meter.expect(manifest.bytes() + manifest.bytesOfOthers());
        for (Map.Entry<Label, ArchiveUse> use : manifest.archives().entrySet()) {
            if (!use.getKey().equals(label)) {
                fetchArchive(use.getKey(), use.getValue().archive(), meter);
            }
        }
        remote.fetch(manifest, staging, meter);
        remote.vouched(label, staging);
        catalog.publish(staging);
        return Optional.of(manifest);
    }

    /** Throws {@link Damaged} when a file that a backup of the catalog needs is not there with its size. */
    public void requireHere(Label label) {
        Manifest manifest = catalog.find(label).manifest();
        manifest.artifacts().forEach(artifact -> requireHere(label, artifact));
        manifest.archives().forEach((other, use) -> requireHere(other, use.archive()));
    }

    private void requireHere(Label label, Artifact artifact) {
        if (!catalog.store().holds(label, artifact)) {
            throw new Damaged(
                    "the catalog lacks " + catalog.store().path(label, artifact.name()) + " of " + artifact.bytes()
                            + " bytes, which is not fetched by itself",
                    "Move the folder of this backup out of " + catalog.folder() + ", then fetch it again.");
        }
    }

    private void requireThere(Label label) {
        if (!remote.labels().contains(label)) {
            throw new NothingToRestore(
                    "there is no backup " + label + " in " + catalog.folder().toAbsolutePath() + ", and none in "
                            + remote.place(),
                    "`dolmen list` and `dolmen list --remote` show the backups.");
        }
    }

    private void fetchArchive(Label label, Artifact archive, Meter meter) {
        BackupStore here = catalog.store();
        if (!here.has(label, Artifact.MANIFEST)) {
            here.put(label, BackupStore.MARK, BackupStore.MARK_TEXT);
        }
        remote.fetch(label, archive, catalog.folder().resolve(label.text()).resolve(archive.name()), meter);
    }

    /** The archives that a backup of the catalog needs, that its disk has lost, and that are in the bucket. */
    private SortedMap<Label, ArchiveUse> lost(Manifest manifest) {
        SortedMap<Label, ArchiveUse> lost = new TreeMap<>(manifest.archives());
        lost.entrySet()
                .removeIf(use ->
                        catalog.store().holds(use.getKey(), use.getValue().archive())
                                || !remote.holds(use.getKey(), use.getValue().archive()));
        return lost;
    }

    /** Whether there was anything to fetch. */
    private boolean fetchLost(Manifest manifest, Meter meter) {
        SortedMap<Label, ArchiveUse> lost = lost(manifest);
        if (!lost.isEmpty()) {
            long bytes = lost.values().stream()
                    .mapToLong(use -> use.archive().bytes())
                    .sum();
            requireRoom(manifest.label(), bytes);
            meter.expect(bytes);
            lost.forEach((label, use) -> fetchArchive(label, use.archive(), meter));
        }
        return !lost.isEmpty();
    }

    /** The bytes of the files that are neither staged by an earlier attempt nor, as archives of others, in the catalog. */
    private long lackingBytes(Manifest manifest, BackupStore staged) {
        long own = manifest.artifacts().stream()
                .filter(artifact -> !staged.holds(manifest.label(), artifact))
                .mapToLong(Artifact::bytes)
                .sum();
        long others = manifest.archives().entrySet().stream()
                .filter(use -> !use.getKey().equals(manifest.label()))
                .filter(use ->
                        !catalog.store().holds(use.getKey(), use.getValue().archive()))
                .mapToLong(use -> use.getValue().archive().bytes())
                .sum();
        return own + others;
    }

    private void requireRoom(Label label, long needed) {
        long free = freeBytes.getAsLong();
        if (free < needed) {
            throw new Refused(
                    "the catalog has " + Size.words(free) + " free, and what it lacks of backup " + label
                            + " and of the archives that it needs has " + Size.words(needed),
                    "Make room in " + catalog.folder() + "; nothing was fetched.");
        }
    }
}
