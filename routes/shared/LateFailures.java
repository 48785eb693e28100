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
 * The failures of steps that do not need each other: once they are collected, each step is done and retried as every other, and the
 * run fails at its end, by the first one; what else failed is in its report.
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

    /** From here on a step that gives up does not keep the next from its work. */
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

    /** Whether any step has given up since. */
    public static boolean any(Exchange exchange) {
        return isCollected(exchange) && !of(exchange).failures.isEmpty();
    }

    /** Makes the first failure the one of this run, so that the run can be given up by it. What it did is in these lines. */
    public static void giveUp(Exchange exchange, Run run, List<String> done) {
        LateFailures late = of(exchange);
        Late first = late.failures.get(0);
        late.failures.stream().skip(1).map(Late::words).forEach(late.details::add);
        late.details.addAll(done);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, first.cause());
        exchange.setProperty(StepJournal.STEP, first.step());
        exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, first.attempts());
        exchange.getMessage().setBody(run);
    }

    /** The report of a run that was given up, with what its other steps did. */
    public static Report report(Exchange exchange) {
        return exchange.getMessage().getBody(Report.class).and(of(exchange).details);
    }

    private static LateFailures of(Exchange exchange) {
        return exchange.getProperty(FAILURES, LateFailures.class);
    }
}
