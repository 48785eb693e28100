package dolmen.druid;

import dolmen.model.StepFailure;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Druid's version as it answers now; empty while it does not. */
public final class DruidVersion implements Supplier<Optional<String>> {
    private static final Logger LOG = LoggerFactory.getLogger(DruidVersion.class);

    private final DruidApi api;

    public DruidVersion(DruidApi api) {
        this.api = api;
    }

    @Override
    public Optional<String> get() {
        try {
            return Optional.of(api.status().version());
        } catch (StepFailure silent) {
            LOG.info("druid does not tell its version: {}", silent.getMessage());
            return Optional.empty();
        }
    }
}
