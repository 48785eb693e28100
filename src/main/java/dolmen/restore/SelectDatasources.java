package dolmen.restore;

import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the backup, here or in the bucket, checks its dump and its index, and finds the files of the datasources by them. */
public final class SelectDatasources implements MeteredStep<Run, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SelectDatasources.class);

    private final BiFunction<Run, Meter, RestoreRun> selection;

    public SelectDatasources(BiFunction<Run, Meter, RestoreRun> selection) {
        this.selection = selection;
    }

    @Override
    public RestoreRun run(Run given, Meter meter) {
        RestoreRun done = selection.apply(given, meter);
        LOG.info("selected {} files of {}", done.source().files(), done.source().name());
        return done;
    }
}
