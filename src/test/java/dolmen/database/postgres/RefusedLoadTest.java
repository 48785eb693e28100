package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that cannot be loaded whole, and what is said of them. */
class RefusedLoadTest {
    @TempDir
    private Path folder;

    private LiveDatabase live;

    @BeforeEach
    void a_database_of_its_own() throws Exception {
        live = new LiveDatabase(folder);
    }

    @Test
    @Tag("MD-03")
    void a_wrong_statement_in_the_middle_is_named_and_the_live_database_stays() throws Exception {
        live.fill();
        Path wrong = live.changed(
                Dumps.script()
                        .replace(
                                "CREATE INDEX idx_druid_tasklogs_task_id ",
                                "ALTER TABLE public.no_such_table ADD COLUMN x int;\nCREATE INDEX idx_druid_tasklogs_task_id "));
        DumpSummary dump = new PostgresDumps().read(wrong, segment -> {});
        long line = Files.readString(wrong)
                .substring(0, Files.readString(wrong).indexOf("no_such_table"))
                .lines()
                .count();

        live.store.createSide(live.side);
        assertThatThrownBy(() -> live.store.loadSide(live.side, wrong, dump, Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("relation \"public.no_such_table\" does not exist")
                .hasMessageContaining("line " + line)
                .hasMessageContaining("ALTER TABLE public.no_such_table");

        assertThat(live.store.rows(live.side)).isEmpty();
        assertThat(live.store.rows(live.name)).isEqualTo(dump.rows());
    }

    @Test
    void data_that_cannot_be_loaded_is_not_in_the_message() throws Exception {
        Path wrong = live.changed(Dumps.script().replaceFirst("(?m)^1\tsup1", "secret-value\tsup1"));
        DumpSummary dump = new PostgresDumps().read(wrong, segment -> {});

        live.store.createSide(live.side);
        assertThatThrownBy(() -> live.store.loadSide(live.side, wrong, dump, Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("invalid input syntax for type bigint")
                .hasMessageContaining("COPY druid_supervisors, line 1, column id")
                .message()
                .doesNotContain("secret-value");
    }

    @Test
    @Tag("MB-10")
    @Tag("MD-03")
    @Tag("MD-18")
    void rows_that_got_lost_are_named_with_both_counts() throws Exception {
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});
        Map<String, Long> rows = new TreeMap<>(dump.rows());
        rows.put("druid_segments", 13L);
        rows.put("druid_lost", 1L);
        rows.remove("druid_config");
        DumpSummary other = new DumpSummary(
                dump.serverVersion(),
                dump.clientVersion(),
                new TreeMap<>(rows),
                dump.datasources(),
                dump.loadSpecs(),
                dump.roles());

        live.store.createSide(live.side);
        assertThatThrownBy(() -> live.store.loadSide(live.side, Dumps.SCRIPT, other, Meter.NONE))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("druid_segments has 12 rows instead of 13")
                .hasMessageContaining("druid_lost is missing")
                .hasMessageContaining("druid_config is not in the dump but has 2 rows");
    }

    @Test
    void a_dump_that_is_cut_in_its_rows_never_reaches_the_database() throws Exception {
        String whole = Dumps.script();
        Path cut = live.changed(whole.substring(0, whole.indexOf("COPY public.druid_segments") + 3000));
        DumpSummary dump = new PostgresDumps().read(Dumps.SCRIPT, segment -> {});

        live.store.createSide(live.side);
        assertThatThrownBy(() -> live.store.loadSide(live.side, cut, dump, Meter.NONE))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("druid_segments");
        assertThat(live.store.rows(live.side)).isEmpty();
    }

    @Test
    @Tag("MD-08")
    void a_dump_of_a_newer_major_version_is_refused() throws Exception {
        Path newer = live.changed(Dumps.script().replaceFirst("from database version 15", "from database version 99"));
        DumpSummary dump = new PostgresDumps().read(newer, segment -> {});

        live.store.createSide(live.side);
        assertThatThrownBy(() -> live.store.loadSide(live.side, newer, dump, Meter.NONE))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("99.18")
                .hasMessageContaining(live.store.server().version());
        assertThat(live.store.rows(live.side)).isEmpty();
    }
}
