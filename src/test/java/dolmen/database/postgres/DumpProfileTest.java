package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.metabase.postgres.MetabaseProfile;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which tables make a dump one of Druid or of Metabase. */
class DumpProfileTest {
    @Test
    @Tag("MD-18")
    void a_custom_table_base_is_found() {
        DumpSummary summary = Dumps.read(
                Dumps.druid("prod_druid", Dumps.segmentRow("a", "wiki", true, Dumps.payload(Dumps.LOCAL, 7))));

        assertThat(summary.usedSegments()).isEqualTo(1);
    }

    @Test
    @Tag("MD-12")
    @Tag("MD-18")
    void a_dump_of_another_database_names_the_tables_that_it_lacks() {
        Dumps.refused(
                Dumps.HEAD + Dumps.TAIL,
                "druid_config, druid_datasource, druid_rules, druid_segments, druid_supervisors");
        Dumps.refused(Dumps.druid("prod_druid", "").replace("prod_druid_rules", "prod_other"), "prod_druid_rules");
    }

    @Test
    void metabase_needs_its_own_tables_and_no_segments() {
        String metabase = Dumps.HEAD
                + Dumps.table("core_user", "id", "1\n2\n")
                + Dumps.table("databasechangelog", "id", "a\n")
                + Dumps.table("odd_segments", "id, datasource, used, payload", "a\tb\tt\tnothing\n")
                + Dumps.TAIL;

        DumpSummary summary = DumpReader.read(Dumps.stream(metabase), new MetabaseProfile());

        assertThat(summary.rows()).containsEntry("core_user", 2L);
        assertThat(summary.usedSegments()).isZero();
        assertThatThrownBy(() -> DumpReader.read(Dumps.SCRIPT, new MetabaseProfile(), Meter.NONE))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("core_user, databasechangelog");
    }
}
