package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Origin;
import dolmen.model.StepFailure.Locked;
import dolmen.runs.RunJournal;
import dolmen.runs.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The inbox of a real {@code dolmen run}, with no stack in reach: what is taken, refused, left alone, and never lost. */
class TriggerStoriesTest extends TriggerStory {
    @Test
    @Tag("TR-05")
    void a_trigger_is_run_once_and_its_report_lies_beside_it() throws Exception {
        serve();
        Files.writeString(inbox.resolve("good.verify"), "from=" + GOOD + "\n");
        Path report = report("good.verify");
        assertThat(report.getParent().getFileName()).hasToString("done");
        assertThat(Files.readString(report)).startsWith("OK").contains("12 used, all held");
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> names("done").stream().anyMatch(name -> name.endsWith("good.verify")));
        nothingIsTaken();
        assertThat(reports()).hasSize(1);
    }

    @Test
    void a_bad_trigger_is_refused_with_a_report_and_the_next_one_is_still_run() throws Exception {
        serve();
        Files.writeString(inbox.resolve("bad.restore"), "bakup=20261124-020000\n");
        assertThat(Files.readString(report("bad.restore")))
                .startsWith("USAGE")
                .contains("bakup=20261124-020000")
                .contains("HINT:");
        Files.createFile(inbox.resolve("nothing-there.restore"));
        assertThat(Files.readString(report("nothing-there.restore"))).startsWith("NOTHING TO RESTORE");
    }

    @Test
    @Tag("TR-01")
    void a_half_written_trigger_and_other_names_are_left_alone() throws Exception {
        serve();
        Files.writeString(inbox.resolve("copying.restore.part"), "backup=");
        Files.writeString(inbox.resolve(".hidden.restore"), "");
        Path slow = Files.writeString(inbox.resolve("slow.verify"), "from=");
        Awaitility.await()
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Files.exists(inbox.resolve("slow.verify.camelLock")));
        Files.writeString(slow, GOOD.toString(), StandardOpenOption.APPEND);
        assertThat(Files.readString(report("slow.verify"))).startsWith("OK");
        assertThat(inbox.resolve("copying.restore.part")).exists();
        assertThat(inbox.resolve(".hidden.restore")).exists();
        assertThat(reports()).hasSize(1);
    }

    @Test
    void a_scheduled_backup_skips_while_another_run_goes_on_and_says_so() throws Exception {
        dolmen = dolmen.with("dolmen.schedule.full", "0/2 * * * * ?").with("dolmen.retry.attempts", "1");
        RunJournal journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        serve();
        RunLock held = Awaitility.await()
                .atMost(LIMIT)
                .ignoreException(Locked.class)
                .until(() -> RunLock.take(home.resolve("state"), "the-long-run"), lock -> lock != null);
        Awaitility.await().atMost(LIMIT).until(() -> log().contains("another run is going on: the-long-run"));
        int before = journal.reports().size();
        held.close();
        Awaitility.await().atMost(LIMIT).until(() -> journal.reports().size() > before);
        assertThat(journal.reports()).allMatch(report -> report.run().request().origin() == Origin.SCHEDULE);
    }
}
