package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.model.RestoreRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T8")
class LateLossesTest {
    @TempDir
    Path home;

    @Test
    void t8_what_came_since_is_named_and_what_was_foreseen_is_not() throws Exception {
        PlainStack stack = new PlainStack(home, PostgresFixture.shared()).filled();
        RestoreRun restore = stack.restore(stack.backup());
        LateLosses losses = new LateLosses(stack.metadata);
        assertThat(losses.since(restore).isEmpty()).isTrue();

        stack.sql(segment("known-one"));
        RestoreRun foreseeing = losses.foresee(restore);
        stack.sql(segment("late-one"));
        stack.sql("CREATE TABLE late_rows AS SELECT 1 AS n");

        assertThat(losses.since(foreseeing).druids()).containsExactly("segment late-one");
        assertThat(losses.since(foreseeing).foreign()).containsExactly("table late_rows");
        assertThat(losses.since(restore).druids()).contains("segment known-one", "segment late-one");
    }

    private static String segment(String id) {
        return "INSERT INTO druid_segments SELECT '" + id + "', 'late', created_date, start, \"end\", partitioned,"
                + " version, used, payload FROM druid_segments WHERE used LIMIT 1";
    }
}
