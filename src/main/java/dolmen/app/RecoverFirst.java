package dolmen.app;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers as soon as the pipelines are up, and only then lets runs begin by themselves. */
final class RecoverFirst extends MainListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(RecoverFirst.class);

    private final Runnable recover;
    private final TakeIn then;

    /** Adds the routes that begin runs. */
    @FunctionalInterface
    interface TakeIn {
        void begin() throws Exception;
    }

    RecoverFirst(Runnable recover, TakeIn then) {
        this.recover = recover;
        this.then = then;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        recover.run();
        try {
            then.begin();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("could not start to take triggers and scheduled runs", failed);
        }
        LOG.info("dolmen is up");
    }
}
