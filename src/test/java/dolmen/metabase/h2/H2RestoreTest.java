package dolmen.metabase.h2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dolmen.metabase.ApplicationDatabase;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exchange of the database file, and where it breaks off. */
class H2RestoreTest {
    @TempDir
    Path folder;

    private OwnDatabase own;

    @BeforeEach
    void a_metabase_that_does_not_run() throws Exception {
        own = new OwnDatabase(folder);
    }

    @AfterEach
    void endTheWriter() {
        own.close();
    }

    @Test
    void a_restore_exchanges_the_files_and_can_be_undone() throws Exception {
        own.archive();
        H2Fixture.create(own.stem, 4);
        Files.writeString(own.trace(), "old trace");
        ApplicationDatabase restore = own.restore();
        own.host.start("metabase");
        own.host.stop("metabase");
        long present = H2Fixture.users(own.stem);
        restore.stage(own.archived(), new RunMark("run-1"), Meter.NONE);
        assertThat(H2Fixture.users(own.stem)).isEqualTo(present);
        restore.swapIn(new RunMark("run-1"));
        assertThat(H2Fixture.users(own.stem)).isEqualTo(3);
        assertThat(own.trace()).doesNotExist();
        restore.swapBack(new RunMark("run-1"));
        assertThat(H2Fixture.users(own.stem)).isEqualTo(present);
        assertThat(own.trace()).hasContent("old trace");
        restore.swapIn(new RunMark("run-1"));
        restore.drop(new RunMark("run-1"));
        assertThat(H2Fixture.users(own.stem)).isEqualTo(3);
        assertThat(own.files()).containsExactly("metabase.db.mv.db");
    }

    @Test
    void a_running_metabase_is_stopped_for_the_exchange_and_started_with_the_run() throws Exception {
        own.archive();
        own.host.start("metabase");
        ApplicationDatabase restore = own.restore();
        restore.stage(own.archived(), new RunMark("run-1"), Meter.NONE);
        restore.swapIn(new RunMark("run-1"));
        assertThat(own.service.running).isFalse();
        own.stopped.startAll(new RunMark("run-1"));
        assertThat(own.service.running).isTrue();
        await().until(() -> own.writer.written() > 0);
        own.host.stop("metabase");
        assertThat(own.writer.trouble()).isNull();
        assertThat(H2Fixture.users(own.stem)).isEqualTo(3 + own.writer.written());
    }

    @Test
    void wherever_a_swap_breaks_off_it_can_be_finished_and_undone() throws Exception {
        Files.writeString(own.trace(), "new trace");
        own.archive();
        ApplicationDatabase restore = own.restore();
        for (int step = 0; step < 12; step++) {
            for (boolean forward : List.of(true, false)) {
                Files.delete(own.file());
                H2Fixture.create(own.stem, 5);
                Files.writeString(own.trace(), "old trace");
                RunMark run = new RunMark("run-" + step + forward);
                restore.stage(own.archived(), run, Meter.NONE);
                if (!forward) {
                    restore.swapIn(run);
                }
                boolean broken = breakAfter(step, () -> swap(restore, run, forward));
                assertThat(broken || step > 0).isTrue();
                assertThat(broken && step == 11).isFalse();
                restore.swapBack(run);
                assertThat(H2Fixture.users(own.stem)).isEqualTo(5);
                assertThat(own.trace()).hasContent("old trace");
                breakAfter(step, () -> swap(restore, run, forward));
                restore.swapIn(run);
                assertThat(H2Fixture.users(own.stem)).isEqualTo(3);
                assertThat(own.trace()).hasContent("new trace");
                restore.drop(run);
                assertThat(own.files()).containsExactly("metabase.db.mv.db", "metabase.db.trace.db");
            }
        }
    }

    @Test
    @Tag("MB-10")
    void what_arrives_in_the_stack_must_be_the_database_whose_rows_were_counted() throws Exception {
        ApplicationDatabaseCopy database = own.archive();
        assertThat(database.counts()).containsEntry("core_user", 3L).containsEntry("report_card", 3L);
        Path fewer = Files.createDirectory(folder.resolve("fewer")).resolve("metabase.db");
        H2Fixture.create(fewer, 2);
        Path tar = own.tar(Map.of("x", Files.readAllBytes(Path.of(fewer + ".mv.db"))));
        ApplicationDatabase restore = own.restore();
        own.host.archives = archive -> {
            try {
                return Files.newInputStream(tar);
            } catch (IOException unreadable) {
                throw new IllegalStateException(unreadable);
            }
        };
        assertThatThrownBy(() -> restore.stage(own.archived(), new RunMark("run-1"), Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("is not what was read back");
        assertThat(H2Fixture.users(own.stem)).isEqualTo(3);
    }

    @Test
    void swapping_in_what_was_never_staged_changes_nothing() throws Exception {
        ApplicationDatabase restore = own.restore();
        assertThatThrownBy(() -> restore.swapIn(new RunMark("run-1")))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("nothing is staged");
        restore.swapBack(new RunMark("run-1"));
        assertThat(own.files()).containsExactly("metabase.db.mv.db");
    }

    private static void swap(ApplicationDatabase restore, RunMark run, boolean forward) {
        if (forward) {
            restore.swapIn(run);
            return;
        }
        restore.swapBack(run);
    }

    /** Kills the script's shell when it has run this number of commands that change something; whether it came to that. */
    private boolean breakAfter(int commands, Runnable swap) {
        StringBuilder functions =
                new StringBuilder("n=0\nstep() { [ $n -lt " + commands + " ] || kill -9 $$; n=$((n+1)); }\n");
        for (String command : List.of("mv", "mkdir", "rm", "rmdir", "sync", "chown")) {
            functions
                    .append(command)
                    .append("() { step; command ")
                    .append(command)
                    .append(" \"$@\"; }\n");
        }
        own.host.scripts = script -> functions + script;
        try {
            swap.run();
            return false;
        } catch (StepFailure killed) {
            assertThat(killed).isInstanceOf(StepFailure.Failed.class);
            return true;
        } finally {
            own.host.scripts = script -> script;
        }
    }
}
