package dolmen.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.DumpSummary;
import dolmen.model.SegmentEntry;
import dolmen.model.StepFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataDumpReaderTest {
    private static final String LOCAL = "{\"type\":\"local\",\"path\":\"/opt/shared/a/index/\"}";

    @Test
    void a_real_dump_is_counted_and_its_used_segments_are_handed_out() {
        List<SegmentEntry> segments = new ArrayList<>();

        DumpSummary summary = MetadataDumpReader.read(Dumps.SCRIPT, segments::add);

        assertThat(summary.serverVersion()).isEqualTo("15.18");
        assertThat(summary.clientVersion()).isEqualTo("15.18");
        assertThat(summary.rows())
                .hasSize(10)
                .containsEntry("druid_segments", 12L)
                .containsEntry("druid_pendingsegments", 0L)
                .containsEntry("druid_supervisors", 3L);
        assertThat(summary.usedSegments()).isEqualTo(12).isEqualTo(segments.size());
        assertThat(summary.loadSpecs()).containsOnlyKeys("local").containsEntry("local", 12L);
        assertThat(summary.roles()).containsExactly("druid");
        assertThat(summary.datasources()).containsOnlyKeys("clicks", "sensor_metrics", "wiki");
        assertThat(summary.datasources().get("wiki").start()).isEqualTo("2024-03-01T00:00:00.000Z");
        assertThat(summary.datasources().get("wiki").end()).isEqualTo("2024-03-05T00:00:00.000Z");
        assertThat(segments)
                .allSatisfy(segment ->
                        assertThat(segment.path()).startsWith("/opt/shared/segments/" + segment.datasource()))
                .allSatisfy(segment -> assertThat(segment.id()).contains(segment.version()));
        assertThat(segments.stream().mapToLong(SegmentEntry::size).sum())
                .isEqualTo(summary.datasources().values().stream()
                        .mapToLong(datasource -> datasource.bytes())
                        .sum());
    }

    @Test
    void unused_segments_are_rows_but_not_handed_out() {
        DumpSummary summary = read(Dumps.druid(
                "druid",
                Dumps.segmentRow("a", "wiki", true, Dumps.payload(LOCAL, 7))
                        + Dumps.segmentRow("b", "wiki", false, "not even json")));

        assertThat(summary.rows()).containsEntry("druid_segments", 2L);
        assertThat(summary.usedSegments()).isEqualTo(1);
        assertThat(summary.datasources().get("wiki").bytes()).isEqualTo(7);
    }

    @Test
    @Tag("MD-18")
    void a_custom_table_base_is_found() {
        DumpSummary summary =
                read(Dumps.druid("prod_druid", Dumps.segmentRow("a", "wiki", true, Dumps.payload(LOCAL, 7))));

        assertThat(summary.usedSegments()).isEqualTo(1);
    }

    @Test
    void load_specs_of_other_types_keep_their_type_and_have_no_path() {
        List<SegmentEntry> segments = new ArrayList<>();
        String rows = Dumps.segmentRow(
                        "a", "wiki", true, Dumps.payload("{\"type\":\"s3_zip\",\"bucket\":\"b\",\"key\":\"k\"}", 1))
                + Dumps.segmentRow("b", "wiki", true, Dumps.payload("{\"type\":\"tombstone\",\"path\":null}", 1));

        DumpSummary summary = MetadataDumpReader.read(Dumps.stream(Dumps.druid("druid", rows)), segments::add);

        assertThat(summary.loadSpecs()).containsOnlyKeys("s3_zip", "tombstone");
        assertThat(segments).extracting(SegmentEntry::path).containsExactly("", "");
        assertThat(segments).extracting(SegmentEntry::partition).containsExactly(3, 3);
    }

    @Test
    void payloads_in_the_older_escape_form_are_read() {
        String payload = Dumps.payload(LOCAL, 7).replace("\"v1\"", "\"v\\\\303\\\\251\"");
        String row = String.join("\t", "a", "wiki", "2024", "t", payload) + "\n";
        List<SegmentEntry> segments = new ArrayList<>();

        MetadataDumpReader.read(Dumps.stream(Dumps.druid("druid", row)), segments::add);

        assertThat(segments).extracting(SegmentEntry::version).containsExactly("vé");
    }

    @Test
    void escapes_nulls_and_commands_inside_values_are_data() {
        String rows = """
                \\\\restrict abc\ttab\\there
                \\N\tline\\nbreak\\r\\n
                -- PostgreSQL database dump complete\t\\\\.
                \\\\! touch /tmp/x\t\\\\.x
                """;

        DumpSummary summary =
                read(Dumps.HEAD + Dumps.tables("druid", "") + Dumps.table("druid_audit", "a, b", rows) + Dumps.TAIL);

        assertThat(summary.rows()).containsEntry("druid_audit", 4L);
    }

    @Test
    void names_are_unquoted_and_other_schemas_stay_in_them() {
        DumpSummary summary = read(Dumps.HEAD + Dumps.tables("druid", "")
                + "COPY \"my schema\".\"odd \"\"(name), x\" (id, \"a, b\", \"c)\") FROM stdin;\n1\t2\t3\n\\.\n"
                + "COPY other.nothing  FROM stdin;\n\n\n\\.\n"
                + "CREATE TABLE public.\"Never filled\" (\n    id integer\n);\n"
                + "CREATE TABLE public.parts (\n    id integer\n)\nPARTITION BY RANGE (id);\n"
                + Dumps.TAIL);

        assertThat(summary.rows())
                .containsEntry("my schema.odd \"(name), x", 1L)
                .containsEntry("other.nothing", 2L)
                .containsEntry("Never filled", 0L)
                .doesNotContainKey("parts");
    }

    @Test
    void owners_and_grantees_are_named() {
        DumpSummary summary = read(Dumps.HEAD + Dumps.tables("druid", "") + """
                ALTER TABLE public.x OWNER TO druid;
                ALTER TABLE public.y OWNER TO "Odd ""role""\";
                GRANT SELECT ON TABLE public.x TO reader;
                GRANT ALL ON SCHEMA public TO PUBLIC;
                REVOKE ALL ON SCHEMA public FROM postgres;
                ALTER DEFAULT PRIVILEGES FOR ROLE maker IN SCHEMA public GRANT SELECT ON TABLES  TO watcher WITH GRANT OPTION;
                """ + Dumps.TAIL);

        assertThat(summary.roles()).containsExactly("Odd \"role\"", "druid", "maker", "postgres", "reader", "watcher");
    }

    @Test
    void bodies_of_functions_do_not_confuse_it() {
        DumpSummary summary = read(Dumps.HEAD + """
                CREATE FUNCTION public.f() RETURNS text LANGUAGE plpgsql AS $_$
                BEGIN
                COPY public.fake (a) FROM stdin;
                \\! rm -rf /
                \\.
                RETURN E'it''s \\' $$ ;'; -- '
                END; $_$;
                ALTER TABLE public.t ADD CONSTRAINT c CHECK ((a ~ E'^\\\\d;$'::text)); -- it's a comment;
                /* COPY public.fake (a) FROM stdin; /* nested \\! */ ' */
                COMMENT ON TABLE public.t IS 'a;
                \\! b''c
                -- PostgreSQL database dump complete
                ';
                CREATE RULE r AS ON INSERT TO public.t DO ALSO (INSERT INTO a VALUES (1); SELECT 2;);
                """ + Dumps.tables("druid", "") + Dumps.TAIL);

        assertThat(summary.rows()).hasSize(5).doesNotContainKey("fake");
    }

    @Test
    void a_dump_without_restrict_lines_is_whole_too() {
        String plain = Dumps.script().replaceAll("(?m)^\\\\(un)?restrict .*\n", "");

        assertThat(read(plain)).isEqualTo(MetadataDumpReader.read(Dumps.SCRIPT, segment -> {}));
    }

    @Test
    void names_in_another_encoding_are_read_by_the_encoding_of_the_dump() {
        String dump = Dumps.druid("druid", Dumps.segmentRow("a", "métriques", true, Dumps.payload(LOCAL, 7)));
        String latin = dump.replace("'UTF8'", "'LATIN1'");

        assertThat(read(dump).datasources()).containsOnlyKeys("métriques");
        assertThat(MetadataDumpReader.read(
                                new ByteArrayInputStream(latin.getBytes(StandardCharsets.ISO_8859_1)), segment -> {})
                        .datasources())
                .containsOnlyKeys("métriques");
    }

    @Test
    @Tag("MD-09")
    void stray_text_before_the_header_is_refused() {
        refused("WARNING: something is odd\n" + Dumps.script(), "other text at line 1");
        refused("Welcome;\n" + Dumps.script(), "other text at line 1");
        refused(
                Dumps.script().replace("-- PostgreSQL database dump\n", "-- PostgreSQL database cluster dump\n"),
                "header");
        refused("", "header");
    }

    @ParameterizedTest
    @Tag("VF-10")
    @ValueSource(doubles = {0.02, 0.2, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.9995})
    void a_dump_that_was_cut_anywhere_is_refused(double part) {
        String dump = Dumps.script();

        assertThatThrownBy(() -> read(dump.substring(0, (int) (dump.length() * part))))
                .isInstanceOf(StepFailure.Damaged.class);
    }

    @Test
    void a_dump_that_was_cut_at_any_line_is_refused() {
        String dump = Dumps.druid("druid", Dumps.segmentRow("a", "wiki", true, Dumps.payload(LOCAL, 7)));
        int marker = dump.indexOf("-- PostgreSQL database dump complete");

        for (int cut = 0; cut < marker; cut++) {
            String head = dump.substring(0, cut);
            assertThatThrownBy(() -> read(head)).isInstanceOf(StepFailure.Damaged.class);
        }
    }

    @Test
    void a_cut_inside_rows_is_named_with_table_and_line() {
        String dump = Dumps.script();
        int rows = dump.indexOf("\n", dump.indexOf("COPY public.druid_segments")) + 2000;
        long line = dump.substring(0, rows).lines().count();

        refused(dump.substring(0, rows), "line " + line + ": it ends inside the rows of table druid_segments");
    }

    @Test
    void a_line_cut_in_the_middle_is_named_with_table_and_line() {
        String rows = Dumps.segmentRow("a", "wiki", true, Dumps.payload(LOCAL, 7)) + "b\twiki\t2024\n";
        String dump = Dumps.druid("druid", rows);
        long line = dump.substring(0, dump.indexOf("b\twiki")).lines().count() + 1;

        refused(dump, "line " + line + ": the row of table druid_segments has 3 fields instead of 5");
    }

    @Test
    void rows_removed_together_with_the_end_of_their_block_are_noticed() {
        String dump = Dumps.druid("druid", Dumps.segmentRow("a", "wiki", true, Dumps.payload(LOCAL, 7)));
        int end = dump.lastIndexOf("\\.\n");

        refused(dump.substring(0, end) + dump.substring(end + 3), "druid_segments");
    }

    @Test
    void a_payload_that_is_not_a_segment_is_named() {
        refused(Dumps.druid("druid", Dumps.segmentRow("seg1", "wiki", true, "{\"cut\":")), "segment seg1");
        refused(Dumps.druid("druid", Dumps.segmentRow("seg1", "wiki", true, "{}")), "segment seg1");
        refused(Dumps.druid("druid", "seg1\twiki\t2024\tt\t\\\\x7b7\n"), "segment seg1");
    }

    @Test
    @Tag("MD-02")
    void carriage_returns_of_a_terminal_are_refused() {
        refused(Dumps.script().replace("\n", "\r\n"), "carriage return");
        String dump = Dumps.druid("druid", Dumps.segmentRow("a", "wiki", true, Dumps.payload(LOCAL, 7)));
        refused(dump.replace("\twiki\t", "\twi\rki\t"), "carriage return");
    }

    @Test
    void content_behind_the_end_marker_is_refused() {
        refused(Dumps.druid("druid", "") + "DROP TABLE public.druid_rules;\n", "follows the end marker");
        refused(Dumps.druid("druid", "") + Dumps.druid("druid", ""), "follows the end marker");
    }

    @Test
    void a_lost_unrestrict_line_is_a_cut() {
        refused(Dumps.script().replaceAll("(?m)^\\\\unrestrict .*\n", ""), "unrestrict");
        refused(Dumps.script().replaceAll("(?m)^\\\\unrestrict .*\n", "\\\\unrestrict other\n"), "unrestrict");
    }

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
                "\\restrict abc\n\\restrict abc\n",
                "\\unrestrict abc\n"
            })
    void what_psql_would_run_itself_is_refused(String hostile) {
        assertThatThrownBy(() -> read(Dumps.HEAD + hostile + Dumps.tables("druid", "") + Dumps.TAIL))
                .isInstanceOf(StepFailure.Damaged.class);
    }

    @Test
    @Tag("MD-12")
    @Tag("MD-18")
    void a_dump_of_another_database_names_the_tables_that_it_lacks() {
        refused(
                Dumps.HEAD + Dumps.TAIL,
                "druid_config, druid_datasource, druid_rules, druid_segments, druid_supervisors");
        refused(Dumps.druid("prod_druid", "").replace("prod_druid_rules", "prod_other"), "prod_druid_rules");
    }

    @Test
    void a_dump_with_inserts_is_refused() {
        refused(Dumps.HEAD + "INSERT INTO public.druid_config VALUES ('a', 'b');\n" + Dumps.TAIL, "INSERT");
    }

    @Test
    void metabase_needs_its_own_tables_and_no_segments() {
        String metabase = Dumps.HEAD
                + Dumps.table("core_user", "id", "1\n2\n")
                + Dumps.table("databasechangelog", "id", "a\n")
                + Dumps.table("odd_segments", "id, datasource, used, payload", "a\tb\tt\tnothing\n")
                + Dumps.TAIL;

        DumpSummary summary = MetadataDumpReader.read(Dumps.stream(metabase), DumpProfile.METABASE, segment -> {});

        assertThat(summary.rows()).containsEntry("core_user", 2L);
        assertThat(summary.usedSegments()).isZero();
        assertThatThrownBy(() -> MetadataDumpReader.read(Dumps.SCRIPT, DumpProfile.METABASE, segment -> {}))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("core_user, databasechangelog");
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> MetadataDumpReader.read(Path.of("no/such/dump.sql"), segment -> {}))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("no/such/dump.sql");
    }

    private static DumpSummary read(String dump) {
        return MetadataDumpReader.read(Dumps.stream(dump), segment -> {});
    }

    private static void refused(String dump, String message) {
        assertThatThrownBy(() -> read(dump))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining(message);
    }
}
