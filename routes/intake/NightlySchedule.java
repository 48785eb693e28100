package intake;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.settings.IntakeSettings;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;

/** Begins the nightly backup by Quartz; a run that is still going on makes it skip, and say so. */
public final class NightlySchedule extends RouteBuilder {
    private final IntakeSettings intake;
    private final Function<RunRequest, Report> runner;

    public NightlySchedule(IntakeSettings intake, Function<RunRequest, Report> runner) {
        this.intake = intake;
        this.runner = runner;
    }

    @Override
    public void configure() {
        fromF("quartz:dolmen/nightly?cron=%s&trigger.timeZone=%s&stateful=true", cron(), intake.zone())
                .routeId("nightly-schedule")
                .errorHandler(noErrorHandler())
                .setBody(constant(RunRequest.of(Operation.BACKUP, Origin.SCHEDULE)))
                .transform()
                .body(RunRequest.class, runner::apply)
                .log("scheduled backup: ${body.outcome}, ${body.summary}");
    }

    private String cron() {
        return intake.backupCron().orElseThrow().replace(' ', '+');
    }
}
