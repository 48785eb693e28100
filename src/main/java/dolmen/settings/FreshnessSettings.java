package dolmen.settings;

import java.time.Duration;
import java.util.Optional;

/** The {@code dolmen.freshness.*} block: how old the newest verified backup may be (empty: no limit). */
public record FreshnessSettings(Optional<Duration> limit) {
    static FreshnessSettings from(SettingsSource source) {
        String key = "dolmen.freshness.limit";
        return new FreshnessSettings(
                source.text(key).filter("off"::equals).isPresent()
                        ? Optional.empty()
                        : Optional.of(source.duration(key, "36h")));
    }
}
