package dolmen.restore;

import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.Step;
import dolmen.stack.StackStart;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the whole stack: what this restore stopped, and what was down before, unless it is asked to leave that down. */
public final class StartServices implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(StartServices.class);

    private final StackStart start;
    private final Predicate<Run> withMetabase;

    /** {@code withMetabase} tells whether Metabase's service is started too. */
    public StartServices(StackStart start, Predicate<Run> withMetabase) {
        this.start = start;
        this.withMetabase = withMetabase;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.STARTED);
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RestoreRun done = start(restore);
        LOG.info("started the services");
        return done;
    }

    private RestoreRun start(RestoreRun restore) {
        RunMark mark = restore.run().mark();
        boolean metabase = withMetabase.test(restore.run());
        if (restore.options().noStart()) {
            return restore.leaving(start.onlyStopped(mark, metabase));
        }
        List<String> were = start.everything(mark, metabase);
        return were.isEmpty() ? restore : restore.tell("started what was down: " + String.join(", ", were));
    }
}
