package dolmen.app;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers interrupted runs as soon as the pipelines are up, and only then takes triggers and scheduled runs. */
final class RecoverFirst extends MainListenerSupport {
    private static final Logger LOG = LoggerFactory.getLogger(RecoverFirst.class);

    private final Runnable recover;
    private final Intake intake;

    /** Adds the routes that begin runs. */
    @FunctionalInterface
    interface Intake {
        void begin() throws Exception;
    }

    RecoverFirst(Runnable recover, Intake intake) {
        this.recover = recover;
        this.intake = intake;
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        recover.run();
        try {
            intake.begin();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("could not start to take triggers and scheduled runs", failed);
        }
        LOG.info("dolmen is up");
    }
}
