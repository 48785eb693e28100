package dolmen.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.ExitCode;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.RunJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two {@code dolmen run} on the same folders and stack, a schedule that is due again and again, and triggers at once. */
@Needs(Need.SANDBOX)
class ConcurrentRunsTest {
    @TempDir
    Path home;

    private Process first;
    private Process second;

    @BeforeAll
    static void a_loaded_stack() {
        ContainerSandbox.shared();
    }

    @AfterEach
    void end() throws Exception {
        first.destroyForcibly().waitFor();
        second.destroyForcibly().waitFor();
        ContainerSandbox.dropSafetyCopies();
        ContainerSandbox.shared().awaitLoaded();
    }

    @Test
    @Tag("SC-03")
    void one_run_goes_on_at_a_time_and_every_waiting_or_refused_one_has_a_report() throws Exception {
        String cron = System.getProperty("dolmen.concurrent.schedule", "0/5 * * * * ?");
        DolmenCommand dolmen = new DolmenCommand(home)
                .with("dolmen.metabase.kind", "none")
                .with("dolmen.stack.services", "historical")
                .with("dolmen.schedule.full", cron);
        assertThat(dolmen.run("backup").status()).isZero();
        RunJournal journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        Path one = home.resolve("one.log");
        Path two = home.resolve("two.log");
        first = dolmen.serve(one);
        second = dolmen.serve(two);
        for (Path log : List.of(one, two)) {
            await().until(() -> Files.readString(log).contains("dolmen is up"));
        }
        for (String trigger : List.of("now.backup", "back.restore", "look.verify", "again.backup")) {
            Files.createFile(home.resolve("inbox").resolve(trigger));
        }

        await().until(() -> triggered(Operation.VERIFY) == 1
                && triggered(Operation.BACKUP) == 2
                && triggered(Operation.RESTORE) == 1);
        await().until(() -> scheduled(journal, ExitCode.OK) > 1 && scheduled(journal, ExitCode.LOCKED) > 1);
        ended(first);
        ended(second);

        assertThat(journal.interrupted()).isEmpty();
        List<Report> reports = journal.reports();
        oneAtATime(reports);
        assertThat(reports.stream().filter(report -> report.outcome() == ExitCode.LOCKED))
                .allSatisfy(refused -> assertThat(refused.summary()).contains("another run is going on: "));
        long said = Files.readString(one).split("scheduled backup: ", -1).length
                + Files.readString(two).split("scheduled backup: ", -1).length
                - 2L;
        assertThat(reports.stream().filter(report -> report.run().request().origin() == Origin.SCHEDULE))
                .hasSize((int) said);
        assertThat(SafeFiles.list(home.resolve("inbox/running"))).isEmpty();
        reports.forEach(report -> System.out.println(report.run().id() + " by "
                + report.run().request().origin().word() + ": " + report.outcome() + ", " + report.summary()));
    }

    /** Runs that hold the lock do not overlap; a verification needs none. */
    private static void oneAtATime(List<Report> reports) {
        List<Report> held = reports.stream()
                .filter(report -> report.outcome() != ExitCode.LOCKED)
                .filter(report -> report.run().request().operation() != Operation.VERIFY)
                .sorted(Comparator.comparing(report -> report.run().begun()))
                .toList();
        Instant free = Instant.EPOCH;
        for (Report report : held) {
            assertThat(report.run().begun()).as(report.run().id().text()).isAfterOrEqualTo(free);
            free = report.ended();
        }
    }

    /** The reports of this trigger beside it. */
    private long triggered(Operation operation) {
        return EndedTriggers.ending(home.resolve("inbox"), "." + operation.word() + ".report.txt")
                .size();
    }

    private static long scheduled(RunJournal journal, ExitCode outcome) {
        return journal.reports().stream()
                .filter(report -> report.run().request().origin() == Origin.SCHEDULE)
                .filter(report -> report.outcome() == outcome)
                .count();
    }

    private static void ended(Process served) throws Exception {
        served.destroy();
        assertThat(served.waitFor(1, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofMinutes(6)).pollInterval(Duration.ofMillis(200));
    }
}
