package intake;

import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.runs.DeadLetters;
import dolmen.runs.Inbox;
import dolmen.settings.IntakeSettings;
import dolmen.settings.Timetable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An inbox that is served, and the runs that its triggers begin. */
abstract class ServedInbox {
    static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    final List<RunRequest> runs = new CopyOnWriteArrayList<>();
    final CamelContext context = new DefaultCamelContext();
    Path inbox;
    DeadLetters letters;

    @BeforeEach
    void an_inbox() {
        letters = new DeadLetters(folder.resolve("dead-letter"));
        inbox = folder.resolve("inbox");
        taking().create();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    void serve() throws Exception {
        IntakeSettings intake =
                new IntakeSettings(new Timetable(Map.of()), Duration.ofMillis(200), Duration.ofSeconds(1), false);
        Clock clock = Clock.systemUTC();
        context.addRoutes(new TriggerInbox(
                taking(),
                intake,
                request -> {
                    runs.add(request);
                    return Report.success(Run.begin(request, clock.instant()), "did it", List.of(), clock.instant());
                },
                clock));
        context.start();
    }

    Inbox taking() {
        return new Inbox(inbox, letters);
    }
}
