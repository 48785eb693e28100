package dolmen.restore;

import dolmen.archive.TarFile;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.Staged;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the files of the datasources into deep storage, beside all others. */
public final class AddSegments implements MeteredStep<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(AddSegments.class);

    private final DeepStorage storage;
    private final Function<RestoreRun, TarFile> files;

    public AddSegments(DeepStorage storage, Function<RestoreRun, TarFile> files) {
        this.storage = storage;
        this.files = files;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.SIDE_LOADED);
    }

    @Override
    public RestoreRun run(RestoreRun restore, Meter meter) {
        RestoreRun done = add(restore, meter);
        LOG.info("added {} files", done.source().files());
        return done;
    }

    private RestoreRun add(RestoreRun restore, Meter meter) {
        if (restore.source().files() == 0) {
            return restore.tell("segments: none of them has files");
        }
        Staged staged = storage.placement(restore.run().mark())
                .add(files.apply(restore), restore.source().bytes(), meter);
        RestoreRun told = restore.tell(
                "segments: " + staged.files() + " files, " + staged.bytes() + " bytes, written by " + staged.way());
        for (String warning : staged.warnings()) {
            told = told.tell("warning: " + warning);
        }
        return told;
    }
}
