package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dolmen.model.BackupContents;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.runs.RunJournal;
import dolmen.stack.StackServices;
import dolmen.stack.StackStart;
import dolmen.stack.StartedServices;
import dolmen.stack.StoppedServices;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps that stop, start and put back services, for each of the 64 ways in which a stack of six can be down. */
@Tag("T49")
class EverySubsetDownTest {
    private static final List<String> DRUID = List.of("router", "historical", "coordinator");
    private static final List<String> ALL =
            List.of("postgres", "zookeeper", "metabase", "router", "historical", "coordinator");

    @TempDir
    Path folder;

    private final MemoryHost host = new MemoryHost();
    private RunJournal journal;
    private Run run;
    private Steps steps;

    @BeforeEach
    void prepare() throws Exception {
        host.companions.addAll(ALL);
        journal = new RunJournal(folder.resolve("state"), Clock.systemUTC());
        steps = new Steps();
    }

    @Test
    void a_restore_starts_whatever_was_down_and_what_others_lean_on_first() throws Exception {
        for (int subset = 0; subset < 1 << ALL.size(); subset++) {
            begin(subset, false);
            steps.restore();
            assertThat(running()).as("down before: " + down(subset)).containsExactlyElementsOf(ALL);
            List<String> starts = host.calls.stream()
                    .filter(call -> call.startsWith("start "))
                    .map(call -> call.substring(6))
                    .toList();
            assertThat(position(starts, "zookeeper")).isLessThanOrEqualTo(position(starts, "coordinator"));
            assertThat(position(starts, "coordinator")).isLessThan(position(starts, "router"));
            new StartedServices(host, folder.resolve("state")).keepAll(run.mark());
        }
    }

    @Test
    void a_restore_that_is_to_start_nothing_leaves_down_just_what_was_down() throws Exception {
        for (int subset = 0; subset < 1 << ALL.size(); subset++) {
            begin(subset, true);
            List<String> before = running();
            RestoreRun restored = steps.restore();
            tidy();
            assertThat(running()).as("down before: " + down(subset)).isEqualTo(before);
            List<String> leftDown = new ArrayList<>(down(subset));
            leftDown.remove("postgres");
            assertThat(restored.leftDown()).containsExactlyInAnyOrderElementsOf(leftDown);
        }
    }

    @Test
    void a_restore_that_fails_leaves_down_just_what_was_down() throws Exception {
        for (int subset = 0; subset < 1 << ALL.size(); subset++) {
            begin(subset, false);
            List<String> before = running();
            steps.restore();
            steps.putBack();
            tidy();
            assertThat(running()).as("down before: " + down(subset)).isEqualTo(before);
        }
    }

    @Test
    void a_restore_that_is_killed_at_any_start_or_stop_leaves_down_just_what_was_down() throws Exception {
        Random random = new Random(49);
        for (int subset = 0; subset < 1 << ALL.size(); subset += 2) {
            begin(subset, false);
            List<String> before = running();
            int[] left = {random.nextInt(2 * ALL.size())};
            Consumer<String> kill = call -> {
                if (left[0]-- == 0) {
                    throw new Killed();
                }
            };
            host.before = kill;
            host.after = kill;
            catchThrowable(() -> steps.restore());
            host.before = call -> {};
            host.after = call -> {};
            steps = new Steps();
            steps.putBack();
            tidy();
            assertThat(running()).as("down before: " + down(subset)).isEqualTo(before);
        }
    }

    private void begin(int subset, boolean noStart) {
        run = journal.begin(Restoring.newest().startingNothing(noStart).request());
        ALL.forEach(host::running);
        down(subset).forEach(host::stopped);
        host.calls.clear();
    }

    private static List<String> down(int subset) {
        return ALL.stream()
                .filter(service -> (subset >> ALL.indexOf(service) & 1) == 1)
                .toList();
    }

    private List<String> running() {
        return ALL.stream()
                .filter(service -> host.find(service).orElseThrow().running())
                .toList();
    }

    private static int position(List<String> starts, String service) {
        assertThat(starts).doesNotHaveDuplicates();
        return starts.indexOf(service);
    }

    /** What every run does in the end. */
    private void tidy() {
        Path state = folder.resolve("state");
        new StoppedServices(host, state).startAllBut(Set.of());
        new StartedServices(host, state).stopAllOfOthers(Set.of());
    }

    /** The process ends here. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** The steps as one process has them: the next process has others. */
    private final class Steps {
        private final StopServices stopping;
        private final StartServices starting;
        private final PutBackRestore puttingBack;
        private final StackStart start;

        Steps() throws Exception {
            Path state = folder.resolve("state");
            StoppedServices stopped = new StoppedServices(host, state);
            StartedServices started = new StartedServices(host, state);
            StackServices services = new StackServices(host, "postgres", DRUID, "metabase");
            start = new StackStart(services, stopped, started, () -> false);
            stopping = new StopServices(stopped, DRUID, "metabase");
            starting = new StartServices(start, restore -> true);
            puttingBack =
                    new PutBackRestore(journal, stopped, started, services, List.of(put -> start.metadata(put.mark())));
        }

        RestoreRun restore() {
            journal.beginStep(run.id(), "unpack-segments", Optional.of(Milestone.SIDE_LOADED));
            start.metadata(run.mark());
            RestoreRun restore = RestoreRun.begin(run, BackupContents.begin(folder, Optional.empty()));
            restore = stopping.run(restore);
            journal.beginStep(run.id(), "swap-segments", Optional.of(Milestone.SEGMENTS_SWAPPED));
            restore = starting.run(restore);
            return restore;
        }

        void putBack() {
            puttingBack.run(run);
        }
    }
}
