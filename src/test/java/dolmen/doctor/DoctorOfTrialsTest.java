package dolmen.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the doctor says of databases in which a killed plan or restore tried a dump. */
class DoctorOfTrialsTest extends ExaminedStack {
    @Test
    @Tag("T16")
    void T16_a_database_in_which_a_killed_plan_tried_the_dump_is_no_safety_copy() {
        stack.postgres.execute("postgres", "CREATE DATABASE \"" + stack.database + "_dolmen_old_20261124-030000-001\"");
        String trial = stack.database + "_dolmen_try_t4k2zz-0a1b2c3d";
        stack.postgres.execute("postgres", "CREATE DATABASE \"" + trial + "\"");

        assertThat(of("postgresql", Severity.INFO))
                .filteredOn(what -> what.contains(stack.database + "_dolmen"))
                .satisfiesExactly(
                        tried -> assertThat(tried)
                                .startsWith("databases in which a dump is tried")
                                .contains(trial)
                                .doesNotContain("_old_"),
                        kept -> assertThat(kept)
                                .startsWith("databases that restores keep")
                                .doesNotContain(trial));
    }

    @Test
    @Tag("T16")
    void T16_a_trial_of_metabases_dump_is_told_once() {
        String trial = stack.database + "_mb_dolmen_try_t4k2zz-0a1b2c3d";
        stack.postgres.execute("postgres", "CREATE DATABASE \"" + trial + "\"");
        settings.putAll(Map.of(
                "dolmen.metabase.kind",
                "postgres",
                "dolmen.metabase.database",
                stack.database + "_mb",
                "dolmen.metabase.user",
                "druid",
                "dolmen.metabase.password",
                PostgresFixture.PASSWORD,
                "dolmen.metabase.host",
                "127.0.0.1",
                "dolmen.metabase.port",
                String.valueOf(stack.postgres.port())));

        assertThat(examine())
                .filteredOn(finding -> finding.what().contains(trial))
                .singleElement()
                .satisfies(finding -> assertThat(finding.check()).isEqualTo("postgresql"));
    }
}
