package intake;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.runs.Inbox;
import dolmen.runs.Trigger;
import dolmen.settings.IntakeSettings;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/**
 * Begins a run for each file that is dropped into the inbox. A trigger is taken by a rename into {@code running/}
 * before its run begins, and moved on when its report is written.
 */
public final class TriggerInbox extends EndpointRouteBuilder {
    private static final String OUTCOME = "dolmen.outcome";

    private final Inbox inbox;
    private final IntakeSettings intake;
    private final Function<RunRequest, Report> runner;
    private final Clock clock;

    public TriggerInbox(Inbox inbox, IntakeSettings intake, Function<RunRequest, Report> runner, Clock clock) {
        this.inbox = inbox;
        this.intake = intake;
        this.runner = runner;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from(file(inbox.folder().toString())
                        .include(Trigger.NAMES)
                        .filter(new OrdinaryFiles(Trigger.NAMES, Clock.systemUTC()))
                        .delay(intake.poll().toMillis())
                        .initialDelay(0)
                        .readLock("changed")
                        .readLockMinLength(0)
                        .readLockMinAge(1000)
                        .readLockCheckInterval(500)
                        .preMove("running/${date:now:yyyyMMdd-HHmmss-SSS}-${file:onlyname}")
                        .move("${exchangeProperty." + OUTCOME + "}/${file:onlyname}")
                        .moveFailed("failed/${file:onlyname}"))
                .routeId("trigger-inbox")
                .errorHandler(noErrorHandler())
                .process(this::run)
                .log("trigger ${file:onlyname}: ${body.outcome}, ${body.summary}");
    }

    private void run(Exchange exchange) {
        File taken = exchange.getMessage().getBody(File.class);
        Report report = outcome(taken.toPath());
        inbox.report(taken.getName(), report);
        exchange.setProperty(OUTCOME, Inbox.folderFor(report));
        exchange.getMessage().setBody(report);
    }

    /** Whatever a trigger holds, its failure, even an {@link Error}, ends this one trigger and not the inbox. */
    private Report outcome(Path taken) {
        try {
            return runner.apply(Trigger.read(taken));
        } catch (Throwable refused) {
            RunRequest nothing = RunRequest.of(Operation.VERIFY, Origin.TRIGGER);
            return Report.failure(Run.begin(nothing, clock.instant()), "read-trigger", refused, clock.instant());
        }
    }
}
