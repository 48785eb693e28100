package dolmen.faults;

import static dolmen.model.ExitCode.FAILED;
import static dolmen.model.ExitCode.LOCKED;
import static dolmen.model.ExitCode.OK;
import static dolmen.model.ExitCode.REFUSED;
import static dolmen.model.ExitCode.USAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.FakedClock;
import dolmen.archive.SafeFiles;
import dolmen.model.ExitCode;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.StepFailure.Locked;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.runs.DeadLetters;
import dolmen.runs.Inbox;
import dolmen.runs.RunJournal;
import dolmen.runs.RunLock;
import dolmen.stories.ContainerSandbox;
import dolmen.stories.DolmenCommand;
import dolmen.stories.EndedTriggers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real {@code dolmen run} makes of bad triggers, of bad moments, and of a clock that jumps. */
@Needs({Need.SANDBOX, Need.ROOT})
class IntakeFaultsTest {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    static Path home;

    private static DolmenCommand dolmen;
    private static RunJournal journal;
    private static FaultTable table;
    private static Path inbox;
    private static Process served;

    @BeforeAll
    static void a_loaded_stack_with_a_good_backup() {
        ContainerSandbox.shared();
        dolmen = new DolmenCommand(home)
                .with("dolmen.metabase.kind", "none")
                .with("dolmen.inbox.poll", "0.2s")
                .with("dolmen.inbox.lock-limit", "2s");
        journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        inbox = SafeFiles.folder(home.resolve("inbox"));
        table = new FaultTable("Triggers and schedule");
        assertThat(dolmen.run("backup").status()).isZero();
    }

    @AfterEach
    void ends() throws Exception {
        if (served != null) {
            served.destroyForcibly().waitFor();
        }
    }

    @Test
    void no_trigger_is_lost_or_run_twice_and_no_schedule_is_missed_unsaid() throws Exception {
        badTriggers();
        badMoments();
        schedule();
        table.close();
    }

    private static void badTriggers() throws Exception {
        serve(dolmen);
        trigger("a label that climbs out", USAGE, "read-trigger", "climbs.restore", "backup=../../etc\n");
        trigger("a folder that climbs out", USAGE, "select-backup", "out.restore", "from=/srv/../etc\n");
        trigger("an unknown key", USAGE, "read-trigger", "unknown.restore", "bakup=20261124-020000\n");
        trigger("ten megabytes", USAGE, "read-trigger", "large.restore", "#".repeat(10 << 20));
        trigger("no text", USAGE, "read-trigger", "garbage.restore", "\0\0\0");
        trigger("half a dead letter", USAGE, "read-trigger", "half.json", "{\"run\":");
        link();
        ContainerSandbox.sql(
                "INSERT INTO druid_segments SELECT 'new', 'new', created_date, start, \"end\", partitioned,"
                        + " version, used, payload FROM druid_segments WHERE used LIMIT 1");
        trigger("a restore that loses something, unconfirmed", REFUSED, "check-target", "loss.restore", "");
        ContainerSandbox.sql("DELETE FROM druid_segments WHERE id = 'new'");
        slowly();
        endServed();
    }

    private static void trigger(String fault, ExitCode exit, String step, String name, String content)
            throws Exception {
        Inventory before = Inventory.of(dolmen);
        Path part = inbox.resolve(name + ".part");
        Files.writeString(part, content);
        Files.move(part, inbox.resolve(name));
        row(step, "the trigger is " + fault, exit, name, before);
    }

    private static void link() throws Exception {
        Inventory before = Inventory.of(dolmen);
        Files.createSymbolicLink(inbox.resolve("link.restore"), Path.of("/etc/passwd"));
        row("read-trigger", "the trigger is a link", USAGE, "link.restore", before);
    }

    private static void slowly() throws Exception {
        Inventory before = Inventory.of(dolmen);
        Path slow = Files.writeString(inbox.resolve("slow.verify"), "back");
        await().until(() -> Files.exists(inbox.resolve("slow.verify.camelLock")));
        Files.writeString(slow, "up=" + dolmen.newestBackup().getFileName(), StandardOpenOption.APPEND);
        row("inbox", "the trigger is written slowly", OK, "slow.verify", before);
    }

    private static void badMoments() throws Exception {
        Path running = SafeFiles.folder(inbox.resolve("running"));
        Inventory before = Inventory.of(dolmen);
        Files.createFile(running.resolve("20261124-020000-000-taken.verify"));
        serve(dolmen);
        row("inbox", "kill -9 after the trigger was taken, before its run", OK, "taken.verify", before);
        Path state = home.resolve("state");
        try (RunLock held = RunLock.take(state, "a long run")) {
            assertThat(held).isNotNull();
            trigger("dropped while a run goes on for longer than it may wait", LOCKED, "take-lock", "wait.backup", "");
        }
        endServed();
        killed();
    }

    private static void killed() throws Exception {
        Inventory before = Inventory.of(dolmen);
        Files.createFile(inbox.resolve("killed.backup"));
        try (HeldDolmen held = HeldDolmen.atStep("archive-segments", dolmen, "run")) {
            held.kill();
        }
        serve(dolmen);
        row("dump-metadata", "kill -9 in the run of a trigger", FAILED, "killed.backup", before);
        assertThat(SafeFiles.list(inbox)).noneMatch(file -> file.toString().endsWith(".camelLock"));
        endServed();
    }

    private static void schedule() throws Exception {
        DolmenCommand often = dolmen.with("dolmen.schedule.full", "0/2 * * * * ?");
        serve(often);
        RunLock held = await().ignoreException(Locked.class)
                .until(() -> RunLock.take(home.resolve("state"), "a long run"), lock -> lock != null);
        Inventory before = Inventory.of(dolmen); // a backup may have ended before the lock was ours
        await().until(() -> scheduled(LOCKED) > 0);
        Report skipped = last(LOCKED);
        served.destroyForcibly().waitFor();
        held.close();
        add("take-lock", "a scheduled time comes while another run goes on", skipped, before);
    }

    /** The clock of the process is set by libfaketime. */
    @Test
    @Needs(Need.FAKETIME)
    void a_clock_that_jumps_takes_no_backup_away() throws Exception {
        FakedClock faked = new FakedClock(home);
        FaultTable clock = new FaultTable("Clock");
        ZonedDateTime due = ZonedDateTime.now().plusHours(2);
        DolmenCommand nightly =
                dolmen.with("dolmen.schedule.full", "0 %d %d * * ?".formatted(due.getMinute(), due.getHour()));
        served = nightly.serve(faked.environment());
        up();
        jump(clock, "the clock is set forward over the scheduled time", faked, Duration.ofHours(3));
        faked.by(Duration.ofHours(-20));
        await().until(() -> Files.readString(dolmen.log()).contains("the clock was set back"));
        jump(
                clock,
                "the clock is set back by a day, and goes on over the scheduled time",
                faked,
                Duration.ofMinutes(150));
        endServed();
        clock.close();
    }

    private static void jump(FaultTable clock, String fault, FakedClock faked, Duration ahead) throws Exception {
        Inventory before = Inventory.of(dolmen);
        long runs = scheduled(OK);
        faked.by(ahead);
        await().until(() -> scheduled(OK) > runs);
        assertThat(scheduled(OK)).isEqualTo(runs + 1);
        clock.add("schedule", fault, last(OK).summary(), Inventory.of(dolmen).since(before), OK);
    }

    private static long scheduled(ExitCode exit) {
        return journal.reports().stream()
                .filter(report -> report.run().request().origin() == Origin.SCHEDULE)
                .filter(report -> report.outcome() == exit)
                .count();
    }

    private static Report last(ExitCode exit) {
        return journal.reports().stream()
                .filter(report -> report.run().request().origin() == Origin.SCHEDULE)
                .filter(report -> report.outcome() == exit)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static void add(String step, String fault, Report report, Inventory before) throws Exception {
        table.add(step, fault, report.summary(), Inventory.of(dolmen).since(before), report.outcome());
    }

    private static void row(String step, String fault, ExitCode exit, String trigger, Inventory before)
            throws Exception {
        try {
            ended(step, fault, exit, trigger, before);
        } catch (AssertionError | ConditionTimeoutException wrong) {
            table.failed(new AssertionError(fault + ": " + wrong.getMessage(), wrong));
        }
    }

    /** The trigger has ended, once, with a report beside it. */
    private static void ended(String step, String fault, ExitCode exit, String trigger, Inventory before)
            throws Exception {
        await().until(() -> EndedTriggers.ending(inbox, "-" + trigger).size() == 1);
        String report = Files.readString(
                EndedTriggers.ending(inbox, trigger + ".report.txt").get(0));
        List<String> lines = report.lines().toList();
        assertThat(lines.get(0)).as(fault).startsWith(exit.name().replace('_', ' ') + ": ");
        if (exit != OK) {
            assertThat(report).as(fault).contains("HINT: ", "failed step: " + step);
        }
        assertThat(new Inbox(inbox, new DeadLetters(home.resolve("dead-letter"))).taken())
                .isEmpty();
        assertThat(inbox.resolve(trigger)).doesNotExist();
        table.add(step, fault, lines.get(1), Inventory.of(dolmen).since(before), exit);
    }

    private static void serve(DolmenCommand with) throws Exception {
        served = with.serve();
        up();
    }

    private static void up() {
        await().until(() -> Files.readString(dolmen.log()).contains("dolmen is up"));
    }

    private static void endServed() throws Exception {
        served.destroy();
        served.waitFor();
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(50));
    }
}
