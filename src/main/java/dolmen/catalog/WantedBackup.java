package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Ahead;
import dolmen.model.Backup;
import dolmen.model.BackupChoice;
import dolmen.model.Label;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.NothingToRestore;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Which backup has to come from the bucket, for a run that needs one. */
public final class WantedBackup {
    private final RemoteCatalog remote;
    private final Catalog catalog;
    private final OwnBackups own;
    private final boolean aloneThere;
    private final Path scratch;

    /** {@code aloneThere} tells that new backups come to be in the bucket alone; {@code scratch} is a folder of this machine. */
    public WantedBackup(RemoteCatalog remote, Catalog catalog, OwnBackups own, boolean aloneThere, Path scratch) {
        this.remote = remote;
        this.catalog = catalog;
        this.own = own;
        this.aloneThere = aloneThere;
        this.scratch = scratch;
    }

    /** The backup that a run asks for, when the catalog does not have it; where the run names no label, the newest one of the stack. */
    public Optional<Label> of(RunRequest request) {
        BackupChoice chosen = request.backup();
        if (chosen.from().isPresent()) {
            return Optional.empty();
        }
        if (chosen.label().isPresent()) {
            return chosen.label().filter(label -> !isHere(label));
        }
        if (!aloneThere && (own.same(catalog::good).isPresent() || hasOnlyOthers())) {
            return Optional.empty();
        }
        boolean besideOthers = request.operation().readsOnly();
        Path folder = scratch.resolve(besideOthers ? "bucket-" + UUID.randomUUID() : "bucket");
        try {
            GoodInBucket there = new GoodInBucket(remote, catalog::ahead, folder);
            Backup newest = own.choose(() -> everywhere(there), () -> none(remote, catalog.ahead()));
            return Optional.of(newest.manifest().label()).filter(label -> !isHere(label));
        } finally {
            SafeFiles.remove(folder);
        }
    }

    /** What to say where the bucket has no good backup. */
    public static NothingToRestore none(RemoteCatalog remote, Ahead ahead) {
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

    private Stream<Backup> everywhere(GoodInBucket there) {
        List<Label> here = catalog.labels();
        Stream<Backup> onlyThere = there.newestFirst()
                .filter(backup -> !here.contains(backup.manifest().label()));
        return Stream.concat(catalog.good(), onlyThere)
                .sorted(Comparator.comparing(
                                (Backup backup) -> backup.manifest().label())
                        .reversed());
    }

    private boolean isHere(Label label) {
        return catalog.labels().contains(label);
    }

    private boolean hasOnlyOthers() {
        return catalog.good().findFirst().isPresent();
    }
}
