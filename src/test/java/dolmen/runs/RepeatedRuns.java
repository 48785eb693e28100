package dolmen.runs;

import dolmen.model.DeadLetter;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** An inbox, and dead letters whose copies are put in there. */
abstract class RepeatedRuns {
    static final RunRequest NIGHTLY = RunRequest.of(Operation.BACKUP, Origin.SCHEDULE);
    static final Instant FIRST = Instant.parse("2026-11-24T02:00:00Z");

    @TempDir
    Path home;

    DeadLetters letters;
    Inbox inbox;
    Instant now = Instant.parse("2026-11-24T08:00:00Z");

    @BeforeEach
    void an_inbox() {
        letters = new DeadLetters(home.resolve("dead-letter"));
        inbox = new Inbox(home.resolve("inbox"), letters);
        inbox.create();
    }

    Run gaveUp(RunRequest request, Instant begun) {
        Run run = Run.begin(request, begun);
        letters.keep(new DeadLetter(run, Optional.of("dump-metadata"), 1, "failure", "hint", Map.of("a", "b")));
        return run;
    }

    byte[] copy(Run run) throws Exception {
        return Files.readAllBytes(
                home.resolve("dead-letter").resolve(run.id().text()).resolve(run.id() + ".json"));
    }

    String take(byte[] copy) throws Exception {
        return take("20261124-020000-000-backup.json", copy);
    }

    /** As the inbox takes it: under a name with the time before it. */
    String take(String name, byte[] content) throws Exception {
        now = now.plusSeconds(60);
        String trigger = Run.begin(NIGHTLY, now).mark() + "-" + name;
        Files.write(taken(trigger), content);
        return trigger;
    }

    Path taken(String trigger) {
        return home.resolve("inbox/running").resolve(trigger);
    }

    void succeeds(String trigger) {
        Run run = Run.begin(Trigger.read(taken(trigger)), now);
        inbox.finish(trigger, Report.success(run, "published", List.of(), now));
    }

    Run givesUp(String trigger) {
        Run run = gaveUp(Trigger.read(taken(trigger)), now);
        inbox.finish(trigger, Report.failure(run, "dump-metadata", new Failed("failure", "hint"), now));
        return run;
    }
}
