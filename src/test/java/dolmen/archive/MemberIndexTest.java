package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.IndexedSegment;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.StepFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberIndexTest {
    @TempDir
    Path folder;

    private static Member member(int number) {
        return new Member(
                "opt/shared/ü\"\n" + number,
                number,
                new Checksum("ab".repeat(32)),
                new Label("20261124-020000"),
                1L << 40);
    }

    private Path write(int count) {
        Path file = folder.resolve("segments.jsonl.gz");
        try (MemberIndex.Writer writer = MemberIndex.create(file)) {
            IntStream.range(0, count).forEach(number -> writer.accept(member(number)));
            Artifact artifact = writer.finish();
            assertThat(artifact).isEqualTo(Digests.artifact(file));
        }
        return file;
    }

    private static List<Member> read(Path file) {
        List<Member> members = new ArrayList<>();
        MemberIndex.read(file, members::add);
        return members;
    }

    @Test
    void members_are_read_as_they_were_written_one_line_each() throws Exception {
        Path file = write(1000);

        assertThat(read(file))
                .isEqualTo(IntStream.range(0, 1000)
                        .mapToObj(MemberIndexTest::member)
                        .toList());
        assertThat(Tool.ok(folder, "zcat segments.jsonl.gz | wc -l").trim()).isEqualTo("1000");
        assertThat(Tool.ok(folder, "zcat segments.jsonl.gz | head -1"))
                .contains(
                        "\"path\":\"opt/shared/ü\\\"\\n0\"",
                        "\"label\":\"20261124-020000\"",
                        "\"offset\":1099511627776");
        assertThat(MemberAttributes.of(file).mode()).isEqualTo(0600);
    }

    @Test
    void the_used_segments_come_behind_the_files() throws Exception {
        Path file = folder.resolve("segments.jsonl.gz");
        IndexedSegment segment = new IndexedSegment("wiki_\"segment\":_1", "wiki", "0f".repeat(16));
        try (MemberIndex.Writer writer = MemberIndex.create(file)) {
            writer.accept(member(1));
            writer.acceptSegment(segment);
            writer.finish();
        }

        assertThat(read(file)).containsExactly(member(1));
        List<IndexedSegment> segments = new ArrayList<>();
        MemberIndex.segments(file, segments::add);
        assertThat(segments).containsExactly(segment);
        assertThat(Tool.ok(folder, "zcat segments.jsonl.gz | tail -1"))
                .isEqualTo("{\"segment\":\"wiki_\\\"segment\\\":_1\",\"datasource\":\"wiki\",\"fingerprint\":\""
                        + "0f".repeat(16) + "\"}\n");
    }

    @Test
    void a_file_behind_a_segment_and_a_segment_without_a_fingerprint_are_damage() throws Exception {
        write(1);
        String segment = "{\\\"segment\\\":\\\"a\\\",\\\"datasource\\\":\\\"b\\\",\\\"fingerprint\\\":\\\"%s\\\"}";
        for (String wrong : List.of(
                "zcat segments.jsonl.gz; echo \"" + segment.formatted("0f".repeat(16)) + "\"; zcat segments.jsonl.gz",
                "zcat segments.jsonl.gz; echo \"" + segment.formatted("0f") + "\"")) {
            Tool.ok(folder, "(" + wrong + ") | gzip > wrong.gz");
            assertThatThrownBy(() -> read(folder.resolve("wrong.gz")))
                    .as(wrong)
                    .isInstanceOf(StepFailure.Damaged.class)
                    .hasMessageContaining("damaged near line");
        }
    }

    @Test
    void an_empty_index_is_whole() {
        assertThat(read(write(0))).isEmpty();
    }

    @Test
    void a_cut_index_is_damaged_wherever_it_is_cut() throws Exception {
        Path file = write(1000);
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length += 61) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(file)).isInstanceOf(StepFailure.Damaged.class);
        }
    }

    @Test
    void a_line_that_is_no_member_is_damage_with_its_number() throws Exception {
        write(2);
        for (String line : List.of("{}", "nonsense", "{\\\"path\\\":\\\"x\\\"}", "null")) {
            Tool.ok(folder, "(zcat segments.jsonl.gz; echo \"" + line + "\") | gzip > wrong.gz");
            assertThatThrownBy(() -> read(folder.resolve("wrong.gz")))
                    .as(line)
                    .isInstanceOf(StepFailure.Damaged.class)
                    .hasMessageContaining("line 3");
        }
    }

    @Test
    void an_index_that_is_not_finished_leaves_nothing() {
        try (MemberIndex.Writer writer = MemberIndex.create(folder.resolve("segments.jsonl.gz"))) {
            writer.accept(member(1));
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_bomb_is_refused_in_flat_memory() throws Exception {
        Path bomb = folder.resolve("segments.jsonl.gz");
        Tool.ok(folder, "head -c 2G /dev/zero | tr '\\0' x | gzip -1 > segments.jsonl.gz");

        assertThatThrownBy(() -> MemberIndex.read(bomb, member -> {})).isInstanceOf(StepFailure.Damaged.class);
    }

    @Test
    void names_that_climb_out_and_numbers_below_zero_are_damage() throws Exception {
        Path file = folder.resolve("segments.jsonl.gz");
        String line =
                "{\"path\":\"%s\",\"size\":%d,\"sha256\":\"" + "0".repeat(64) + "\",\"label\":\"%s\",\"offset\":%d}\n";
        for (String wrong : List.of(
                line.formatted("../x", 1, "20261124-020000", 1),
                line.formatted("/etc/passwd", 1, "20261124-020000", 1),
                line.formatted("opt/shared/../../x", 1, "20261124-020000", 1),
                line.formatted("", 1, "20261124-020000", 1),
                line.formatted("opt//x", 1, "20261124-020000", 1),
                line.formatted("opt/x", -1, "20261124-020000", 1),
                line.formatted("opt/x", 1, "20261124-020000", -1),
                line.formatted("opt/x", 1, "../../x", 1))) {
            try (var packed = new GZIPOutputStream(Files.newOutputStream(file))) {
                packed.write(wrong.getBytes(StandardCharsets.UTF_8));
            }
            assertThatThrownBy(() -> MemberIndex.read(file, member -> {}))
                    .as(wrong)
                    .isInstanceOf(StepFailure.Damaged.class)
                    .hasMessageContaining("line 1");
        }
    }
}
