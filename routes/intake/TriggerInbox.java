package intake;

import dolmen.catalog.Inbox;
import dolmen.catalog.Trigger;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.settings.IntakeSettings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;

/**
 * Begins a run for each file that is dropped into the inbox. A trigger is taken by a rename into {@code running/}
 * before its run begins, and moved on when its report is written.
 */
public final class TriggerInbox extends EndpointRouteBuilder {
    private static final String OUTCOME = "dolmen.outcome";
    private static final String TRIGGER = "[^.].*\\.(restore|backup|verify|json)";

    private final Path folder;
    private final IntakeSettings intake;
    private final Function<RunRequest, Report> runner;
    private final Clock clock;
    private final Set<String> leftAlone = ConcurrentHashMap.newKeySet();

    public TriggerInbox(Path folder, IntakeSettings intake, Function<RunRequest, Report> runner, Clock clock) {
        this.folder = folder;
        this.intake = intake;
        this.runner = runner;
        this.clock = clock;
    }

    @Override
    public void configure() {
        from(file(folder.toString())
                        .include(TRIGGER)
                        .filter((GenericFileFilter<File>) this::mayBeTaken)
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

    /**
     * A folder, a pipe or a link to nothing can be neither read nor taken: it is left alone and told once. Camel asks about
     * a trigger that is gone before it removes the lock file that a killed process left of it.
     */
    private boolean mayBeTaken(GenericFile<File> found) {
        String name = found.getFileNameOnly();
        boolean gone = !Files.exists(found.getFile().toPath(), LinkOption.NOFOLLOW_LINKS);
        if (gone || found.getFile().isFile()) {
            leftAlone.remove(name);
            return true;
        }
        if (name.matches(TRIGGER) && leftAlone.add(name)) {
            log.warn("{} in the inbox is no file and is left alone HINT: remove it", name);
        }
        return false;
    }

    private void run(Exchange exchange) {
        File taken = exchange.getMessage().getBody(File.class);
        Report report = outcome(taken.toPath());
        new Inbox(folder).report(taken.getName(), report);
        exchange.setProperty(OUTCOME, Inbox.folderFor(report));
        exchange.getMessage().setBody(report);
    }

    private Report outcome(Path taken) {
        try {
            return runner.apply(Trigger.read(taken));
        } catch (RuntimeException refused) {
            RunRequest nothing = RunRequest.of(Operation.VERIFY, Origin.TRIGGER);
            return Report.failure(Run.begin(nothing, clock.instant()), "read-trigger", refused, clock.instant());
        }
    }
}
