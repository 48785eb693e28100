package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import dolmen.stack.memory.MemoryHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoppedServicesTest {
    @TempDir
    Path state;

    private final MemoryHost host = new MemoryHost();
    private StoppedServices stopped;

    @BeforeEach
    void prepare() {
        stopped = new StoppedServices(host, state);
    }

    @Test
    void what_ran_is_started_again_last_stopped_first() {
        host.running("router");
        host.running("metabase");
        assertThat(stopped.stopForRun(new RunMark("run-1"), "router")).isTrue();
        assertThat(stopped.stopForRun(new RunMark("run-1"), "metabase")).isTrue();
        assertThat(stopped.listed()).extracting(StoppedService::service).containsExactly("router", "metabase");
        stopped.startAll(new RunMark("run-1"));
        assertThat(host.calls).containsExactly("stop router", "stop metabase", "start metabase", "start router");
        assertThat(stopped.listed()).isEmpty();
    }

    @Test
    void what_a_half_done_run_stopped_stays_stopped() {
        host.running("router");
        host.running("metabase");
        stopped.stopForRun(new RunMark("half"), "router");
        stopped.stopForRun(new RunMark("ended"), "metabase");
        stopped.startAllBut(Set.of(new RunMark("half")));
        assertThat(stopped.listed()).extracting(StoppedService::service).containsExactly("router");
    }

    @Test
    void a_service_without_a_container_does_not_keep_the_others_from_being_stopped() {
        host.running("router");
        stopped.stopAllThere(new RunMark("run-1"), List.of("removed", "router"));
        assertThat(host.calls).containsExactly("stop router");
    }

    @Test
    @Tag("DK-12")
    void what_was_stopped_on_purpose_stays_stopped() {
        host.stopped("metabase");
        assertThat(stopped.stopForRun(new RunMark("run-1"), "metabase")).isFalse();
        stopped.startAll(new RunMark("run-1"));
        stopped.startAllBut(Set.of());
        assertThat(host.calls).isEmpty();
    }

    @Test
    void stopping_twice_in_a_run_keeps_the_one_entry() {
        host.running("metabase");
        assertThat(stopped.stopForRun(new RunMark("run-1"), "metabase")).isTrue();
        assertThat(stopped.stopForRun(new RunMark("run-1"), "metabase")).isFalse();
        assertThat(stopped.listed()).hasSize(1);
    }

    @Test
    void a_run_starts_only_what_it_stopped() {
        host.running("router");
        host.running("metabase");
        stopped.stopForRun(new RunMark("run-1"), "router");
        stopped.stopForRun(new RunMark("run-2"), "metabase");
        stopped.startAll(new RunMark("run-2"));
        assertThat(stopped.listed()).extracting(StoppedService::service).containsExactly("router");
        stopped.start(new RunMark("run-1"), "metabase");
        stopped.start(new RunMark("run-1"), "router");
        assertThat(stopped.listed()).isEmpty();
    }

    @Test
    @Tag("T31")
    void a_process_that_ends_starts_what_its_own_backups_stopped_and_nothing_else() {
        host.running("metabase");
        host.running("router");
        new StoppedServices(host, state).stopForBackup(new RunId("20261124-020000-000-backup"), "metabase");
        stopped.startAllOfBackupsHere();
        assertThat(host.calls).containsExactly("stop metabase");

        stopped.stopForBackup(new RunId("20261124-030000-000-backup"), "router");
        stopped.startAllOfBackupsHere();
        assertThat(host.calls).containsExactly("stop metabase", "stop router", "start router");
    }

    @Test
    void what_fails_to_start_stays_listed_and_the_others_start() {
        for (String service : List.of("a", "b", "c")) {
            host.running(service);
            stopped.stopForRun(new RunMark("run-1"), service);
        }
        host.failing.addAll(List.of("a", "b"));
        assertThatThrownBy(() -> stopped.startAll(new RunMark("run-1")))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessage("b is paused")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(stopped.listed()).extracting(StoppedService::service).containsExactly("a", "b");
        host.failing.clear();
        stopped.startAllBut(Set.of());
        assertThat(stopped.listed()).isEmpty();
    }

    @Test
    void a_stop_that_fails_leaves_no_entry_when_the_service_still_runs() {
        host.running("metabase");
        host.failing.add("metabase");
        assertThatThrownBy(() -> stopped.stopForRun(new RunMark("run-1"), "metabase"))
                .hasMessage("metabase is paused");
        assertThat(stopped.listed()).isEmpty();
    }

    @Test
    void a_stop_whose_answer_is_lost_stays_listed_since_it_may_still_happen() {
        host.running("metabase");
        host.unreachable.add("metabase");
        assertThatThrownBy(() -> stopped.stopForRun(new RunMark("run-1"), "metabase"))
                .isInstanceOf(StepFailure.Unavailable.class);
        assertThat(stopped.listed()).hasSize(1);
        host.unreachable.clear();
        stopped.startAllBut(Set.of());
        assertThat(stopped.listed()).isEmpty();
    }

    @Test
    void a_service_that_does_not_exist_is_told() {
        assertThatThrownBy(() -> stopped.stopForRun(new RunMark("run-1"), "none"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("'none'");
    }

    @Test
    void the_ledger_is_for_its_owner_alone() throws IOException {
        host.running("metabase");
        stopped.stopForRun(new RunMark("run-1"), "metabase");
        Path ledger = state.resolve("stopped-services.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ledger)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_ledger_that_cannot_be_written_stops_nothing() throws IOException {
        host.running("metabase");
        StoppedServices nowhere = new StoppedServices(host, state.resolve("missing"));
        assertThatThrownBy(() -> nowhere.stopForRun(new RunMark("run-1"), "metabase"))
                .isInstanceOf(StepFailure.Failed.class);
        assertThat(host.calls).isEmpty();
    }

    @Test
    void a_damaged_ledger_is_told_and_never_overwritten() throws IOException {
        Path ledger = Files.writeString(state.resolve("stopped-services.json"), "[{\"run\":");
        host.running("metabase");
        assertThatThrownBy(() -> stopped.stopForRun(new RunMark("run-1"), "metabase"))
                .isInstanceOf(StepFailure.Failed.class);
        assertThat(ledger).hasContent("[{\"run\":");
        assertThat(host.calls).isEmpty();
    }

    @Test
    void threads_do_not_lose_entries() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int number = 0; number < 40; number++) {
            String service = "service-" + number;
            host.running(service);
            threads.submit(() -> stopped.stopForRun(new RunMark("run-1"), service));
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(stopped.listed()).hasSize(40);
        stopped.startAll(new RunMark("run-1"));
        assertThat(host.calls).filteredOn(call -> call.startsWith("start")).hasSize(40);
    }
}
