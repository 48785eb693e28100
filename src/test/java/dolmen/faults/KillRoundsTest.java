package dolmen.faults;

import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.model.Report;
import dolmen.model.RunMark;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.DeadLetters;
import dolmen.runs.Inbox;
import dolmen.runs.RunJournal;
import dolmen.runs.SafetyCopies;
import dolmen.stories.ContainerSandbox;
import dolmen.stories.DolmenCommand;
import dolmen.stories.EndedTriggers;
import dolmen.stories.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code dolmen run} is killed with signal 9 at a random moment after a trigger was dropped, and started again; after
 * each round the stack is wholly old or wholly new, all containers run, the catalog verifies, and the trigger has been
 * run once. One round each; more by {@code -Ddolmen.kill.rounds=100}, the same moments again by
 * {@code -Ddolmen.kill.seed=SEED}.
 */
@Needs({Need.SANDBOX, Need.ROOT})
class KillRoundsTest {
    private static final int ROUNDS = Integer.getInteger("dolmen.kill.rounds", 1);
    /** From the start of the process to a moment after the report. */
    private static final Duration BACKUP = Duration.ofSeconds(6);

    private static final Duration RESTORE = Duration.ofSeconds(35);
    private static final Duration BACK = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path home;

    private final long seed = Long.getLong("dolmen.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private DolmenCommand dolmen;
    private RunJournal journal;
    private Path inbox;
    private Process served;
    private String containers;

    @BeforeAll
    static void a_loaded_stack() {
        ContainerSandbox.shared();
    }

    @BeforeEach
    void a_good_backup_of_the_loaded_stack() {
        dolmen = new DolmenCommand(home)
                .with("dolmen.stack.services", "historical,coordinator")
                .with("dolmen.inbox.poll", "0.2s");
        journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        inbox = home.resolve("inbox");
        assertThat(dolmen.run("backup").status()).isZero();
        containers = ContainerSandbox.containers();
        System.out.println("seed " + seed);
    }

    @AfterEach
    void the_stack_serves_all_it_had() throws Exception {
        served.destroyForcibly().waitFor();
        unmark();
        ContainerSandbox.dropSafetyCopies();
        await().until(() -> ContainerSandbox.shared()
                .counts()
                .equals(ContainerSandbox.shared().loaded()));
    }

    @Test
    void a_backup_killed_at_any_moment_loses_nothing() throws Exception {
        String stack = stack();
        for (int round = 1; round <= ROUNDS; round++) {
            Report report = killed(round, "backup", BACKUP);
            assertThat(stack()).isEqualTo(stack);
            assertThat(SafeFiles.list(home.resolve("backup/.staging"))).isEmpty();
            assertThat(dolmen.run("verify").status()).as(report.summary()).isZero();
        }
    }

    @Test
    void a_restore_killed_at_any_moment_leaves_the_stack_wholly_old_or_wholly_new() throws Exception {
        String restored = stack();
        int news = 0;
        for (int round = 1; round <= ROUNDS; round++) {
            mark(round);
            String old = stack();
            Report report = killed(round, "restore", RESTORE);
            assertThat(stack()).as(report.summary()).isEqualTo(report.succeeded() ? restored : old);
            news += report.succeeded() ? 1 : 0;
            assertThat(sideDatabases()).isEqualTo(copies().size());
            assertThat(sideFolders()).isEqualTo(copies().size());
            assertThat(dolmen.run("verify").status()).isZero();
        }
        System.out.println(
                ROUNDS + " killed restores: " + news + " times wholly new, " + (ROUNDS - news) + " wholly old");
    }

    /** One round, up to the trigger's only report. */
    private Report killed(int round, String operation, Duration window) throws Exception {
        drop(round, operation);
        served = dolmen.serve();
        long moment = (long) (random.nextDouble() * window.toMillis());
        served.waitFor(moment, TimeUnit.MILLISECONDS);
        served.destroyForcibly().waitFor();
        String at = place(round, operation);
        served = dolmen.serve();
        long begun = System.nanoTime();
        await().until(() -> Files.readString(dolmen.log()).contains("dolmen is up")
                && ContainerSandbox.containers().equals(containers));
        Duration back = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(back).isLessThan(BACK);
        Report report = report(round, operation);
        end();
        assertThat(ContainerSandbox.containers()).isEqualTo(containers);
        assertThat(journal.interrupted()).isEmpty();
        assertThat(new Inbox(inbox, new DeadLetters(home.resolve("dead-letter"))).taken())
                .isEmpty();
        System.out.printf(
                "%s %d: killed after %.1f s, in %s; containers back after %.1f s: %s%n",
                operation, round, moment / 1000.0, at, back.toMillis() / 1000.0, report.summary());
        return report;
    }

    /** Where the process was when it was killed. */
    private String place(int round, String operation) {
        boolean ended = !EndedTriggers.ending(inbox, "-round-" + round + "." + operation + ".report.txt")
                .isEmpty();
        return journal.interrupted().stream()
                .map(run -> journal.steps(run.id()).stream()
                        .reduce((earlier, later) -> later)
                        .map(step -> step.step())
                        .orElse("no step yet"))
                .findFirst()
                .orElse(ended ? "no run, after its report" : "no run, before it began");
    }

    private void end() throws Exception {
        served.destroy();
        assertThat(served.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    private void drop(int round, String operation) throws Exception {
        Path part = SafeFiles.folder(inbox).resolve(round + ".part");
        Files.writeString(part, operation.equals("restore") ? "confirm=yes\n" : "");
        Files.move(part, inbox.resolve("round-" + round + "." + operation));
    }

    /** The report of the round's trigger, of which there is one, and one run. */
    private Report report(int round, String operation) throws Exception {
        String name = "-round-" + round + "." + operation;
        try {
            await().until(() ->
                    EndedTriggers.ending(inbox, name + ".report.txt").size() == 1
                            && new Inbox(inbox, new DeadLetters(home.resolve("dead-letter")))
                                    .taken()
                                    .isEmpty());
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(
                    Shell.run("find", inbox.toString()) + "\n" + Files.readString(dolmen.log()), never);
        }
        List<Report> runs = journal.reports().stream()
                .filter(report -> report.run().request().trigger().orElse("").endsWith(name))
                .toList();
        assertThat(runs).hasSize(1);
        assertThat(Files.readString(
                        EndedTriggers.ending(inbox, name + ".report.txt").get(0)))
                .contains(runs.get(0).run().id().text());
        return runs.get(0);
    }

    private ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(100));
    }

    /** Makes the stack another one than the backup, in its metadata and in its files. */
    private static void mark(int round) throws Exception {
        unmark();
        sql("INSERT INTO druid_config (name, payload) VALUES ('round', '" + round + "')");
        Files.writeString(Path.of(Spoiled.shared(), "segments/round"), "" + round);
    }

    private static void unmark() throws Exception {
        sql("DELETE FROM druid_config WHERE name = 'round'");
        Files.deleteIfExists(Path.of(Spoiled.shared(), "segments/round"));
    }

    /** Rows of the metadata and hashes of the files. */
    private static String stack() {
        return sql("SELECT md5(string_agg(id || used, ',' ORDER BY id)) || ' ' || (SELECT"
                        + " coalesce(max(convert_from(payload, 'UTF8')), 'none') FROM druid_config WHERE name = 'round')"
                        + " FROM druid_segments")
                + "\n"
                + Shell.run(
                        "sh",
                        "-c",
                        "cd " + Spoiled.shared() + " && find segments -type f -exec sha256sum {} + | sort | sha256sum");
    }

    private List<RunMark> copies() {
        return new SafetyCopies(home.resolve("state"), 1).list();
    }

    private static int sideDatabases() {
        return Integer.parseInt(sql("SELECT count(*) FROM pg_database WHERE datname LIKE 'druid\\_dolmen\\_%'"));
    }

    /** An empty probe file that was being asked for is removed by a later restore. */
    private static int sideFolders() {
        return (int) SafeFiles.list(Path.of(Spoiled.shared())).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith(".dolmen-") && !name.startsWith(".dolmen-probe-"))
                .count();
    }
}
