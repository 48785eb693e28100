package dolmen.restore;

import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.Step;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the backup, here or in the bucket, checks its dump and its index, and finds the files of the datasources by them. */
public final class SelectDatasources implements Step<Run, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SelectDatasources.class);

    private final Function<Run, RestoreRun> selection;

    public SelectDatasources(Function<Run, RestoreRun> selection) {
        this.selection = selection;
    }

    @Override
    public RestoreRun run(Run given) {
        RestoreRun done = selection.apply(given);
        LOG.info("selected {} files of {}", done.source().files(), done.source().name());
        return done;
    }
}
