package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.DeadLetter;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Restoring;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a dead letter when a copy of it was dropped into the inbox. */
class InboxTest {
    private static final RunRequest NIGHTLY = RunRequest.of(Operation.BACKUP, Origin.SCHEDULE);
    private static final Instant FIRST = Instant.parse("2026-11-24T02:00:00Z");

    @TempDir
    Path home;

    private DeadLetters letters;
    private Inbox inbox;
    private Instant now = Instant.parse("2026-11-24T08:00:00Z");

    @BeforeEach
    void an_inbox() {
        letters = new DeadLetters(home.resolve("dead-letter"));
        inbox = new Inbox(home.resolve("inbox"), letters);
        inbox.create();
    }

    @Test
    void a_repetition_that_succeeds_removes_its_dead_letter_and_no_other() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);
        Run other = gaveUp(NIGHTLY, FIRST.plusSeconds(86_400));

        succeeds(take(copy(failed)));

        assertThat(letters.list()).containsExactly(other.id());
        assertThat(SafeFiles.list(home.resolve("inbox/done"))).hasSize(3);
    }

    @Test
    void repetitions_that_give_up_leave_one_dead_letter_that_of_the_newest() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);
        byte[] copy = copy(failed);
        String name = failed.id() + ".json";
        String run = "";
        for (int round = 0; round < 3; round++) {
            String trigger = take(name, copy);
            run = givesUp(trigger).id();
            assertThat(letters.list()).containsExactly(run);
            name = trigger;
        }
        succeeds(take(name, copy));
        assertThat(letters.list()).isEmpty();
    }

    @Test
    void a_dead_letter_of_a_repetition_is_repeated_as_any_other() throws Exception {
        Run again = givesUp(take(copy(gaveUp(NIGHTLY, FIRST))));

        succeeds(take(again.id() + ".json", copy(again)));

        assertThat(letters.list()).isEmpty();
    }

    @Test
    void a_repetition_that_never_began_leaves_the_dead_letter() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);

        fails(take(copy(failed)));

        assertThat(letters.list()).containsExactly(failed.id());
    }

    @Test
    void a_copy_whose_run_has_no_dead_letter_removes_none() throws Exception {
        byte[] copy = copy(gaveUp(NIGHTLY, FIRST));
        letters.remove(letters.list().get(0));
        Run other = gaveUp(NIGHTLY, FIRST.plusSeconds(60));

        succeeds(take("moved.json", copy));

        assertThat(letters.list()).containsExactly(other.id());
    }

    @Test
    void a_copy_that_asks_for_something_else_removes_nothing() throws Exception {
        RunRequest restore = Restoring.of(Label.at(FIRST)).request();
        Run failed = gaveUp(restore, FIRST);
        String copy = new String(copy(failed));

        succeeds(take("a.json", copy.replace("\"restore\"", "\"backup\"").getBytes()));
        succeeds(take(
                "b.json", copy.replace("20261124-020000\"", "20261123-020000\"").getBytes()));
        assertThat(letters.list()).containsExactly(failed.id());

        succeeds(take("c.json", copy.getBytes()));
        assertThat(letters.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../backup/20261124-020000", "..", "", "/", "backup", "*", "20261124-020000-000-backup/.."})
    void a_hostile_run_in_a_copy_removes_nothing(String run) throws Exception {
        Path backup = Files.createDirectories(home.resolve("backup/20261124-020000"));
        Run failed = gaveUp(NIGHTLY, FIRST);
        byte[] copy = copy(failed);
        givesUp(take(copy));

        succeeds(take(
                "x.json",
                new String(copy)
                        .replace("\"id\" : \"" + failed.id(), "\"id\" : \"" + run)
                        .getBytes()));

        assertThat(letters.list()).hasSize(1);
        assertThat(backup).isDirectory();
        assertThat(home.resolve("inbox/done")).isDirectoryContaining("glob:**x.json");
    }

    @Test
    void a_copy_that_is_exchanged_while_its_run_goes_on_removes_nothing() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);
        Run other = gaveUp(RunRequest.of(Operation.RESTORE, Origin.COMMAND), FIRST.plusSeconds(60));
        String trigger = take(copy(failed));
        RunRequest asked = Trigger.read(taken(trigger));
        Files.write(taken(trigger), copy(other));

        Run run = Run.begin(asked, now);
        inbox.finish(trigger, Report.success(run, "published", List.of(), now));

        assertThat(letters.list()).containsExactlyInAnyOrder(failed.id(), other.id());
    }

    @Test
    void a_dead_letter_that_cannot_be_read_stays_and_hinders_nothing() throws Exception {
        Run failed = gaveUp(NIGHTLY, FIRST);
        String broken = gaveUp(NIGHTLY, FIRST.plusSeconds(60)).id();
        Files.writeString(home.resolve("dead-letter").resolve(broken).resolve(broken + ".json"), "{");

        succeeds(take(copy(failed)));

        assertThat(letters.list()).containsExactly(broken);
    }

    private Run gaveUp(RunRequest request, Instant begun) {
        Run run = Run.begin(request, begun);
        letters.keep(new DeadLetter(run, Optional.of("dump-metadata"), 1, "failure", "hint", Map.of("a", "b")));
        return run;
    }

    private byte[] copy(Run run) throws Exception {
        return Files.readAllBytes(home.resolve("dead-letter").resolve(run.id()).resolve(run.id() + ".json"));
    }

    private String take(byte[] copy) throws Exception {
        return take("20261124-020000-000-backup.json", copy);
    }

    /** As the inbox takes it: under a name with the time before it. */
    private String take(String name, byte[] content) throws Exception {
        now = now.plusSeconds(60);
        String trigger = Run.begin(NIGHTLY, now).mark() + "-" + name;
        Files.write(taken(trigger), content);
        return trigger;
    }

    private Path taken(String trigger) {
        return home.resolve("inbox/running").resolve(trigger);
    }

    private void succeeds(String trigger) {
        Run run = Run.begin(Trigger.read(taken(trigger)), now);
        inbox.finish(trigger, Report.success(run, "published", List.of(), now));
    }

    private Run givesUp(String trigger) {
        Run run = gaveUp(Trigger.read(taken(trigger)), now);
        inbox.finish(trigger, Report.failure(run, "dump-metadata", new Failed("failure", "hint"), now));
        return run;
    }

    private void fails(String trigger) {
        Run run = Run.begin(Trigger.read(taken(trigger)), now);
        Report report = Report.failure(run, "take-lock", new Failed("another run is going on", "Wait."), now);
        assertThat(report.outcome()).isEqualTo(ExitCode.FAILED);
        inbox.finish(trigger, report);
    }
}
