package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.Dumps;
import dolmen.model.StepFailure;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that were cut, or that something was added to. */
class DamagedDumpTest {
    @ParameterizedTest
    @Tag("VF-10")
    @ValueSource(doubles = {0.02, 0.2, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.9995})
    void a_dump_that_was_cut_anywhere_is_refused(double part) {
        String dump = Dumps.script();

        assertThatThrownBy(() -> Dumps.read(dump.substring(0, (int) (dump.length() * part))))
                .isInstanceOf(StepFailure.Damaged.class);
    }

    @Test
    void a_dump_that_was_cut_at_any_character_is_refused() {
        String dump = Dumps.druid("druid", Dumps.segmentRow("a", "wiki", true, Dumps.payload(Dumps.LOCAL, 7)));
        int marker = dump.indexOf("-- PostgreSQL database dump complete");

        for (int cut = 0; cut < marker; cut++) {
            String head = dump.substring(0, cut);
            assertThatThrownBy(() -> Dumps.read(head)).isInstanceOf(StepFailure.Damaged.class);
        }
    }

    @Test
    void a_cut_inside_rows_is_named_with_table_and_line() {
        String dump = Dumps.script();
        int rows = dump.indexOf("\n", dump.indexOf("COPY public.druid_segments")) + 2000;
        long line = dump.substring(0, rows).lines().count();

        Dumps.refused(dump.substring(0, rows), "line " + line + ": it ends inside the rows of table druid_segments");
    }

    @Test
    void a_line_cut_in_the_middle_is_named_with_table_and_line() {
        String rows = Dumps.segmentRow("a", "wiki", true, Dumps.payload(Dumps.LOCAL, 7)) + "b\twiki\t2024\n";
        String dump = Dumps.druid("druid", rows);
        long line = dump.substring(0, dump.indexOf("b\twiki")).lines().count() + 1;

        Dumps.refused(dump, "line " + line + ": the row of table druid_segments has 3 fields instead of 5");
    }

    @Test
    void rows_removed_together_with_the_end_of_their_block_are_noticed() {
        String dump = Dumps.druid("druid", Dumps.segmentRow("a", "wiki", true, Dumps.payload(Dumps.LOCAL, 7)));
        int end = dump.lastIndexOf("\\.\n");

        Dumps.refused(dump.substring(0, end) + dump.substring(end + 3), "druid_segments");
    }

    @Test
    void a_lost_unrestrict_line_is_a_cut() {
        Dumps.refused(Dumps.script().replaceAll("(?m)^\\\\unrestrict .*\n", ""), "unrestrict");
        Dumps.refused(Dumps.script().replaceAll("(?m)^\\\\unrestrict .*\n", "\\\\unrestrict other\n"), "unrestrict");
    }

    @Test
    @Tag("MD-09")
    void stray_text_before_the_header_is_refused() {
        Dumps.refused("WARNING: something is odd\n" + Dumps.script(), "other text at line 1");
        Dumps.refused("Welcome;\n" + Dumps.script(), "other text at line 1");
        Dumps.refused(
                Dumps.script().replace("-- PostgreSQL database dump\n", "-- PostgreSQL database cluster dump\n"),
                "header");
        Dumps.refused("", "header");
    }

    @Test
    @Tag("MD-02")
    void carriage_returns_of_a_terminal_are_refused() {
        Dumps.refused(Dumps.script().replace("\n", "\r\n"), "carriage return");
        String dump = Dumps.druid("druid", Dumps.segmentRow("a", "wiki", true, Dumps.payload(Dumps.LOCAL, 7)));
        Dumps.refused(dump.replace("\twiki\t", "\twi\rki\t"), "carriage return");
    }

    @Test
    void content_behind_the_end_marker_is_refused() {
        Dumps.refused(Dumps.druid("druid", "") + "DROP TABLE public.druid_rules;\n", "follows the end marker");
        Dumps.refused(Dumps.druid("druid", "") + Dumps.druid("druid", ""), "follows the end marker");
    }
}
