package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dolmen.database.postgres.Dumps;
import dolmen.model.StepFailure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that no dump of {@code pg_dump} has, and that {@code psql} would obey. */
class RefusedStatementsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\! touch /tmp/x\n",
                "\\connect other\n",
                "\\i /etc/passwd\n",
                "  \\! touch /tmp/x\n",
                "SELECT 1 \\! touch /tmp/x\n;\n",
                "SELECT 1; \\! touch /tmp/x\n",
                "SELECT 1 \\; COPY public.x (a) FROM stdin;\n",
                "SELECT 'a' \\g |sh\n",
                "SELECT E'a'\n'\\'' \\! touch /tmp/x\n'';\n",
                "SELECT 1E'\\'' \\! touch /tmp/x\n';\n",
                "SELECT $a$ $b$ $a$ \\! touch /tmp/x\n;\n",
                "SELECT /* */ \\! touch /tmp/x\n;\n",
                "SELECT \"a\\\" \\! touch /tmp/x\n\";\n",
                "COPY public.x (a) TO PROGRAM 'sh';\n",
                "copy public.x from program 'sh';\n",
                "COPY public.x (a) FROM '/etc/passwd';\n",
                "COPY public.x (a) FROM stdin; SELECT 1;\n\\.\n",
                "SELECT (\n;\nCOPY public.x (a) FROM stdin;\n\\! touch /tmp/x\n\\.\n);\n",
                "CREATE FUNCTION f() RETURNS void BEGIN ATOMIC\nSELECT 1;\nCOPY public.x (a) FROM stdin;\n\\! touch /tmp/x\n\\.\nEND;\n",
                "SELECT 'a\0';\n",
                "SET standard_conforming_strings = off;\n",
                "\\restrict abc\n\\unrestrict abc\n",
                "\\unrestrict abc\n"
            })
    void what_psql_would_run_itself_is_refused(String hostile) {
        assertThatThrownBy(() -> Dumps.read(Dumps.HEAD + hostile + Dumps.tables("druid", "") + Dumps.TAIL))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("is not plain pg_dump output at line 1");
    }

    @Test
    void a_second_restrict_line_which_psql_does_not_take_is_refused() {
        String dump = Dumps.HEAD + "\\restrict abc\n\\restrict def\n" + Dumps.tables("druid", "") + Dumps.TAIL
                + "\\unrestrict def\n";
        assertThatThrownBy(() -> Dumps.read(dump))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("\\restrict");
    }

    @Test
    void a_dump_with_inserts_is_refused() {
        Dumps.refused(Dumps.HEAD + "INSERT INTO public.druid_config VALUES ('a', 'b');\n" + Dumps.TAIL, "INSERT");
    }

    /** Whatever a dump holds, it is read or is Damaged; it never ends in an error of this program. */
    @Test
    void a_quoted_name_of_any_length_is_read() {
        String name = "\"" + "n".repeat(100_000) + "\"\"\"";
        for (String statement : List.of(
                "COPY public." + name + " (a) FROM stdin;\n\\.\n",
                "CREATE TABLE public." + name + " (a integer);\n",
                "ALTER TABLE public.x OWNER TO " + name + ";\n",
                "GRANT ALL ON TABLE public.x TO " + name + ";\n",
                "REVOKE ALL ON TABLE public.x FROM " + name + ";\n")) {
            String dump = Dumps.HEAD + statement + Dumps.tables("druid", "") + Dumps.TAIL;
            Throwable thrown = catchThrowable(() -> Dumps.read(dump));
            assertThat(thrown instanceof Error)
                    .as("%s: %s", statement.substring(0, 20), thrown)
                    .isFalse();
        }
    }
}
