package dolmen.restore;

import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.Step;
import dolmen.model.StepFailure.Refused;
import dolmen.stack.StackStart;
import java.util.List;
import java.util.function.Consumer;

/** Starts services that are down before single datasources are restored, since Druid must run meanwhile, and is asked for its tasks. */
public final class StartStack implements Step<RestoreRun, RestoreRun> {
    private final StackStart start;
    private final Consumer<Run> raiseMetadata;
    private final Runnable awaitLeaders;

    /** {@code awaitLeaders} waits until Druid answers after a start. */
    public StartStack(StackStart start, Consumer<Run> raiseMetadata, Runnable awaitLeaders) {
        this.start = start;
        this.raiseMetadata = raiseMetadata;
        this.awaitLeaders = awaitLeaders;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        RunMark mark = restore.run().mark();
        raiseMetadata.accept(restore.run());
        if (restore.options().noStart()) {
            requireAllUp(start.onlyStopped(mark, false));
            return restore;
        }
        List<String> were = start.everything(mark, false);
        if (were.isEmpty()) {
            return restore;
        }
        awaitLeaders.run();
        return restore.tell("started what was down: " + String.join(", ", were));
    }

    private static void requireAllUp(List<String> down) {
        if (!down.isEmpty()) {
            throw new Refused(
                    "single datasources go into a stack that works, and these services are down: "
                            + String.join(", ", down),
                    "Start them, or let the restore start them: leave out --no-start, or start=no in the trigger.");
        }
    }
}
