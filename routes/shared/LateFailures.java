package shared;

import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.StepFailure;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The failures of steps that do not need each other. From {@link #collect} on, a step that fails for good does not end the run: the
 * steps after it are done, too. At its end the run fails by the first failure, and its report has the others.
 */
public final class LateFailures {
    private static final Logger LOG = LoggerFactory.getLogger(LateFailures.class);
    private static final String FAILURES = "dolmen.late-failures";

    private final List<Late> failures = new ArrayList<>();
    private final List<String> details = new ArrayList<>();

    private LateFailures() {}

    private record Late(String step, Throwable cause, int attempts) {
        private String words() {
            String hint = cause instanceof StepFailure failure ? " HINT: " + failure.hint() : "";
            return "failed too, in " + step + ": " + cause.getMessage() + hint;
        }
    }

    /** From here on a step that fails for good does not end the run. */
    public static void collect(Exchange exchange) {
        exchange.setProperty(FAILURES, new LateFailures());
    }

    static boolean isCollected(Exchange exchange) {
        return exchange.getProperty(FAILURES) != null;
    }

    static void keep(Exchange exchange) {
        String step = StepJournal.stepOf(exchange);
        Throwable cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        int attempts = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        LOG.error("{} gave up, what comes after it goes on: {}", step, cause.getMessage());
        of(exchange).failures.add(new Late(step, cause, attempts));
    }

    /** Whether any step has failed since. */
    static boolean any(Exchange exchange) {
        return isCollected(exchange) && !of(exchange).failures.isEmpty();
    }

    /** Makes the first failure the one by which the run gives up. {@code done} says what the run did, for {@link #report}. */
    static void giveUp(Exchange exchange, Run run, List<String> done) {
        LateFailures late = of(exchange);
        Late first = late.failures.get(0);
        late.failures.stream().skip(1).map(Late::words).forEach(late.details::add);
        late.details.addAll(done);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, first.cause());
        exchange.setProperty(StepJournal.STEP, first.step());
        exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, first.attempts());
        exchange.getMessage().setBody(run);
    }

    /** The report that {@link GiveUp} made, with the other failures and with what the run did. */
    static Report report(Exchange exchange) {
        return exchange.getMessage().getBody(Report.class).and(of(exchange).details);
    }

    private static LateFailures of(Exchange exchange) {
        return exchange.getProperty(FAILURES, LateFailures.class);
    }
}
