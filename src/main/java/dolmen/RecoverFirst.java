package dolmen;

import dolmen.model.StepFailure.Locked;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers as soon as the routes are up; another process that holds the lock is at work, and leaves nothing to recover. */
final class RecoverFirst extends MainListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(RecoverFirst.class);

    private final Runnable recover;
    private final Runnable then;

    RecoverFirst(Runnable recover, Runnable then) {
        this.recover = recover;
        this.then = then;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        try {
            recover.run();
        } catch (Locked taken) {
            LOG.warn("did not recover: {}", taken.getMessage());
        }
        LOG.info("dolmen is up");
        then.run();
    }
}
