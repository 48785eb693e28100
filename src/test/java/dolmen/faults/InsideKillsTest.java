package dolmen.faults;

import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.SafeFiles;
import dolmen.faults.FaultBench.Undo;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.storage.S3Server;
import dolmen.stories.ContainerSandbox;
import dolmen.stories.DolmenCommand;
import dolmen.stories.DolmenCommand.Result;
import dolmen.stories.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Dolmen is killed with signal 9 while something works for it: psql waits or loads, tar packs or unpacks, the engine
 * copies, bytes go to the bucket. Then {@code dolmen recover} must leave the stack as it was, with nothing that still
 * works. One round of four kinds; of all seven by {@code -Ddolmen.kill.rounds=15}, the same moments again by
 * {@code -Ddolmen.kill.seed=SEED}, some kinds alone by {@code -Ddolmen.kill.kinds=psql-loads,upload}.
 */
@Needs({Need.SANDBOX, Need.ROOT})
@Tag("T7")
class InsideKillsTest {
    private static final int ROUNDS = Integer.getInteger("dolmen.kill.rounds", 1);

    /** In every run of the tests one round of these; that alone is what the page of faults shows. */
    private static final String USUAL = "psql-waits,tar-unpacks,copy-out,upload";

    private static final String ASKED = System.getProperty(
            "dolmen.kill.kinds",
            ROUNDS == 1 ? USUAL : "psql-waits,psql-loads,tar-packs,tar-unpacks,copy-out,copy-in,upload");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int BULK = 64 << 20;

    @TempDir
    Path home;

    private final long seed = Long.getLong("dolmen.kill.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<String> table = new ArrayList<>();
    private Path bulk;
    private Path mark;
    private DolmenCommand dolmen;
    private FaultBench bench;
    private String label;
    private int rounds;

    @BeforeEach
    void a_good_backup_of_much_and_a_stack_that_is_another_one_since() throws Exception {
        ContainerSandbox.shared();
        bulk = Path.of(Spoiled.shared(), "segments/bulk");
        mark = Path.of(Spoiled.shared(), "segments/round");
        byte[] content = new byte[BULK];
        new Random(1).nextBytes(content);
        Files.write(bulk, content);
        if (ASKED.contains("psql-loads")) {
            sql(
                    "INSERT INTO druid_config SELECT 'bulk' || n, repeat('x', 300)::bytea FROM generate_series(1, 100000) n");
        }
        dolmen = new DolmenCommand(home.resolve("dolmen")).with("dolmen.stack.services", "historical");
        bench = FaultBench.of("Killed while something works", dolmen);
        label = dolmen.newestBackup().getFileName().toString();
        System.out.println("seed " + seed);
    }

    @AfterEach
    void the_stack_is_as_it_was_loaded() throws Exception {
        unmark();
        sql("DELETE FROM druid_config WHERE name LIKE 'bulk%'");
        Files.deleteIfExists(bulk);
        ContainerSandbox.dropSafetyCopies();
    }

    /** Makes the stack another one than the backup, in its metadata and in its files. */
    private void mark() throws Exception {
        unmark();
        sql("INSERT INTO druid_config (name, payload) VALUES ('round', 'now')");
        Files.writeString(mark, "now");
    }

    private void unmark() throws Exception {
        sql("DELETE FROM druid_config WHERE name = 'round'");
        Files.deleteIfExists(mark);
    }

    @Test
    void T7_a_kill_inside_of_what_works_leaves_the_stack_as_it_was_and_the_next_run_works() throws Exception {
        try (S3Server server = new S3Server(home.resolve("s3"))) {
            for (KillKind kind : kinds(server)) {
                int inside = 0;
                for (int round = 1; inside < ROUNDS && round <= 3 * ROUNDS; round++) {
                    inside += round(kind, inside + 1) ? 1 : 0;
                }
                assertThat(inside).as("kills inside of " + kind.name()).isEqualTo(ROUNDS);
            }
        }
        System.out.println("kill table, seed " + seed + "\n" + String.join("\n", table));
        assertThat(dolmen.run("restore", label, "--yes", "--skip-metabase").status())
                .isZero();
        if (isUsual()) {
            bench.close();
        }
    }

    private List<KillKind> kinds(S3Server server) throws Exception {
        return KillKind.all(dolmen, label, server).stream()
                .filter(kind -> List.of(ASKED.split(",")).contains(kind.name()))
                .toList();
    }

    private static boolean isUsual() {
        return ROUNDS == 1 && ASKED.equals(USUAL);
    }

    /** True when the kill came while something worked. */
    private boolean round(KillKind kind, int number) throws Exception {
        ContainerSandbox.dropSafetyCopies();
        mark();
        Inventory before = Inventory.of(dolmen);
        Undo lock =
                kind.name().equals("psql-waits") ? Spoiled.lockedForWriters().make() : () -> {};
        DolmenCommand with = kind.with().with("dolmen.storage.prefix", "round" + rounds++);
        String killed;
        boolean inside;
        try {
            KillKind.Watch watch = kind.watch().get();
            Process process = with.start(kind.command().toArray(String[]::new));
            Optional<LiveWork> found = await(process, watch);
            if (found.isEmpty()) {
                System.out.println(
                        "outside: " + kind.name() + " was not seen at work, ended with " + process.exitValue());
                return false;
            }
            LiveWork seen = found.get();
            LockSupport.parkNanos((long) (random.nextDouble() * kind.milliseconds() * 1_000_000));
            long bytes = seen.bytes();
            inside = process.isAlive() && (seen.process() == null || seen.alive(bytes));
            process.destroyForcibly();
            boolean alive = seen.alive(bytes);
            process.waitFor();
            killed = String.format(
                    "%s | %s | %d bytes done | %s after the kill",
                    kind.name(), seen.name(), bytes, alive ? "alive" : "gone");
            Result recovered = dolmen.run("recover");
            assertThat(recovered.status()).as(recovered.output()).isZero();
            if (seen.process() != null) {
                assertThat(seen.alive(0)).as(killed + ", and after recover").isFalse();
            }
            lock.run();
            lock = () -> {};
            if (!inside) {
                System.out.println("outside: " + killed);
                return false;
            }
            String left = Inventory.of(dolmen).since(before);
            String said = FaultBench.told(recovered);
            System.out.println("inside " + number + ": " + killed + " | " + said);
            table.add(killed + " | " + left);
            if (isUsual()) {
                bench.add(kind.step(), kind.fault(), said, left);
            }
        } finally {
            lock.run();
        }
        assertThat(LiveWork.program("psql", "", LiveWork.markOf(dolmen))).isEmpty();
        assertThat(SafeFiles.list(dolmen.home().resolve("state/scratch"))).isEmpty();
        nextRun(kind, number, with);
        return true;
    }

    /** The next round is one, too, up to its kill; the last of each kind goes to its end. */
    private void nextRun(KillKind kind, int number, DolmenCommand with) {
        if (kind.name().equals("upload")) {
            assertThat(with.run("upload", label).status()).isZero();
        } else if (ROUNDS > 1 && number == ROUNDS) {
            assertThat(dolmen.run("backup").status()).isZero();
            Shell.run("rm", "-rf", dolmen.newestBackup().toString());
        }
    }

    /** Empty where Dolmen has ended before anything was seen. */
    private static Optional<LiveWork> await(Process process, KillKind.Watch watch) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (process.isAlive()) {
            assertThat(System.nanoTime()).as("limit of the wait for work").isLessThan(end);
            Optional<LiveWork> work = watch.get();
            if (work.isPresent()) {
                return work;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return Optional.empty();
    }
}
