package dolmen.histories.standins;

import dolmen.druid.Pace;
import java.time.Duration;

/** Time that goes by only while somebody waits. */
public final class StoryPace implements Pace {
    private Duration now = Duration.ZERO;

    @Override
    public Duration now() {
        return now;
    }

    @Override
    public void pause(Duration duration) {
        now = now.plus(duration);
    }
}
