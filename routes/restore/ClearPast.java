package restore;

import dolmen.model.RestoreRun;
import java.util.List;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * Clears from the side database what belongs to the time of the backup, and suspends supervisors where the stack is
 * another one. Comes after the loaded rows were compared with the backup, exactly as they are there.
 */
public final class ClearPast extends RouteBuilder {
    private final Function<RestoreRun, List<String>> cleaning;

    /** {@code cleaning} says what it did. */
    public ClearPast(Function<RestoreRun, List<String>> cleaning) {
        this.cleaning = cleaning;
    }

    @Override
    public void configure() {
        from("direct:clear-past")
                .routeId("clear-past")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(RestoreRun.class, this::clear)
                .log("cleared the past from the side database");
    }

    private RestoreRun clear(RestoreRun restore) {
        RestoreRun told = restore;
        for (String line : cleaning.apply(restore)) {
            told = told.tell(line);
        }
        return told;
    }
}
