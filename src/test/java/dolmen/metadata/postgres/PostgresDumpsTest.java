package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.DumpReader;
import dolmen.database.postgres.Dumps;
import dolmen.model.DumpSummary;
import dolmen.model.SegmentEntry;
import dolmen.model.StepFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a dump says of rows, segments and datasources. */
class PostgresDumpsTest {
    @Test
    void a_real_dump_is_counted_and_its_used_segments_are_handed_out() {
        List<SegmentEntry> segments = new ArrayList<>();

        DumpSummary summary = new PostgresDumps().read(Dumps.SCRIPT, segments::add);

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
        DumpSummary summary = Dumps.read(Dumps.druid(
                "druid",
                Dumps.segmentRow("a", "wiki", true, Dumps.payload(Dumps.LOCAL, 7))
                        + Dumps.segmentRow("b", "wiki", false, "not even json")));

        assertThat(summary.rows()).containsEntry("druid_segments", 2L);
        assertThat(summary.usedSegments()).isEqualTo(1);
        assertThat(summary.datasources().get("wiki").bytes()).isEqualTo(7);
    }

    @Test
    void load_specs_of_other_types_keep_their_type_and_have_no_path() {
        List<SegmentEntry> segments = new ArrayList<>();
        String rows = Dumps.segmentRow(
                        "a", "wiki", true, Dumps.payload("{\"type\":\"s3_zip\",\"bucket\":\"b\",\"key\":\"k\"}", 1))
                + Dumps.segmentRow("b", "wiki", true, Dumps.payload("{\"type\":\"tombstone\",\"path\":null}", 1));

        DumpSummary summary =
                DumpReader.read(Dumps.stream(Dumps.druid("druid", rows)), new DruidProfile(segments::add));

        assertThat(summary.loadSpecs()).containsOnlyKeys("s3_zip", "tombstone");
        assertThat(segments).extracting(SegmentEntry::path).containsExactly("", "");
        assertThat(segments).extracting(segment -> segment.shard().number()).containsExactly(3, 3);
    }

    @Test
    void payloads_in_the_older_escape_form_are_read() {
        String payload = Dumps.payload(Dumps.LOCAL, 7).replace("\"v1\"", "\"v\\\\303\\\\251\"");
        String row = String.join("\t", "a", "wiki", "2024", "t", payload) + "\n";
        List<SegmentEntry> segments = new ArrayList<>();

        DumpReader.read(Dumps.stream(Dumps.druid("druid", row)), new DruidProfile(segments::add));

        assertThat(segments).extracting(SegmentEntry::version).containsExactly("vé");
    }

    @Test
    void names_in_another_encoding_are_read_by_the_encoding_of_the_dump() {
        String dump = Dumps.druid("druid", Dumps.segmentRow("a", "métriques", true, Dumps.payload(Dumps.LOCAL, 7)));
        String latin = dump.replace("'UTF8'", "'LATIN1'");

        assertThat(Dumps.read(dump).datasources()).containsOnlyKeys("métriques");
        assertThat(DumpReader.read(
                                new ByteArrayInputStream(latin.getBytes(StandardCharsets.ISO_8859_1)),
                                new DruidProfile(segment -> {}))
                        .datasources())
                .containsOnlyKeys("métriques");
    }

    @Test
    void a_payload_that_is_not_a_segment_is_named() {
        Dumps.refused(Dumps.druid("druid", Dumps.segmentRow("seg1", "wiki", true, "{\"cut\":")), "segment seg1");
        Dumps.refused(Dumps.druid("druid", Dumps.segmentRow("seg1", "wiki", true, "{}")), "segment seg1");
        Dumps.refused(Dumps.druid("druid", "seg1\twiki\t2024\tt\t\\\\x7b7\n"), "segment seg1");
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> new PostgresDumps().read(Path.of("no/such/dump.sql"), segment -> {}))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("no/such/dump.sql");
    }
}
