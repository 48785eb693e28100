package dolmen.restore;

import dolmen.archive.TarFile;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.Staged;
import dolmen.model.Meter;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the files of the datasources into deep storage, beside all others. */
public final class AddSegments implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(AddSegments.class);

    private final DeepStorage storage;
    private final Supplier<Meter> meters;
    private final Function<RestoreRun, TarFile> files;

    public AddSegments(DeepStorage storage, Supplier<Meter> meters, Function<RestoreRun, TarFile> files) {
        this.storage = storage;
        this.meters = meters;
        this.files = files;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.SIDE_LOADED);
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = add(restore);
        LOG.info("added {} files", done.source().files());
        return done;
    }

    private RestoreRun add(RestoreRun restore) {
        if (restore.source().files() == 0) {
            return restore.tell("segments: none of them has files");
        }
        Staged staged = storage.placement(restore.run().mark())
                .add(files.apply(restore), restore.source().bytes(), meters.get());
        RestoreRun told = restore.tell(
                "segments: " + staged.files() + " files, " + staged.bytes() + " bytes, written by " + staged.way());
        for (String warning : staged.warnings()) {
            told = told.tell("warning: " + warning);
        }
        return told;
    }
}
