package dolmen.druid;

import dolmen.model.StepFailure;
import java.time.Duration;

/** The time that a wait goes by; tests have a faster one. */
public interface Pace {
    /** Time since any fixed moment; never goes back. */
    Duration now();

    void pause(Duration duration);

    /** The time of this machine. An interrupted pause ends the wait with a failure. */
    Pace REAL = new Pace() {
        @Override
        public Duration now() {
            return Duration.ofNanos(System.nanoTime());
        }

        @Override
        public void pause(Duration duration) {
            try {
                Thread.sleep(duration.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new StepFailure.Failed(
                        "stopped while waiting for druid", "Verify again when nothing stops it.", interrupted);
            }
        }
    };
}
