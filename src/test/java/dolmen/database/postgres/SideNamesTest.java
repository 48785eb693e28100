package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.RunMark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SideNamesTest {
    @Test
    void a_name_tells_the_database_the_part_and_the_run() {
        SideNames names = new SideNames("druid");
        RunMark run = new RunMark("20261124-020000-123");

        assertThat(names.fresh(run)).isEqualTo("druid_dolmen_new_20261124-020000-123");
        assertThat(names.old(run)).isEqualTo("druid_dolmen_old_20261124-020000-123");
        assertThat(names.aside(run)).isEqualTo("druid_dolmen_aside_20261124-020000-123");
    }

    @Test
    void a_name_is_never_longer_than_postgresql_keeps() {
        SideNames names = new SideNames("é".repeat(31));
        RunMark run = new RunMark("r".repeat(40));

        for (String name : new String[] {names.fresh(run), names.old(run), names.aside(run)}) {
            assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(63);
            assertThat(name).startsWith("é").endsWith(run.text());
            assertThat(SideNames.isOurs(name)).isTrue();
        }
    }

    @Test
    void other_databases_are_not_ours() {
        for (String name : new String[] {
            "druid", "postgres", "druid_dolmen_new", "druid_dolmen_new_", "dolmen_new_x", "druid_dolmen_x_y"
        }) {
            assertThat(SideNames.isOurs(name)).as(name).isFalse();
        }
    }

    /** Each trial looks at all names of the server: one that only looks like ours must not end it. */
    @Test
    void a_foreign_name_that_looks_like_a_trial_has_no_moment() {
        for (String name :
                new String[] {"x_dolmen_try_-", "x_dolmen_try_-a", "x_dolmen_try_--", "x_dolmen_try_notours"}) {
            assertThat(SideNames.triedAt(name)).as(name).isEmpty();
        }
        Instant now = Instant.ofEpochSecond(1_790_000_000);
        assertThat(SideNames.triedAt(new SideNames("druid").trial(now))).contains(now);
    }
}
