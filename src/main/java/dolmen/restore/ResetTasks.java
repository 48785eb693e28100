package dolmen.restore;

import dolmen.model.RestoreRun;
import dolmen.model.Step;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears from the side database what belongs to the time of the backup, and suspends supervisors where the stack is
 * another one. Comes after the loaded rows were compared with the backup, exactly as they are there.
 */
public final class ResetTasks implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(ResetTasks.class);

    private final Function<RestoreRun, List<String>> cleaning;

    /** {@code cleaning} says what it did. */
    public ResetTasks(Function<RestoreRun, List<String>> cleaning) {
        this.cleaning = cleaning;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = clear(restore);
        LOG.info("cleared the past from the side database");
        return done;
    }

    private RestoreRun clear(RestoreRun restore) {
        RestoreRun told = restore;
        for (String line : cleaning.apply(restore)) {
            told = told.tell(line);
        }
        return told;
    }
}
