package dolmen.deepstorage;

import static dolmen.deepstorage.local.Fixture.segment;
import static dolmen.deepstorage.local.Fixture.used;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dolmen.archive.Tool;
import dolmen.deepstorage.local.Fixture;
import dolmen.model.Coverage;
import dolmen.model.SegmentEntry;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoverageCheckTest {
    private static CoverageReport check(SegmentEntry segment, SegmentFiles files) {
        return CoverageCheck.check(used(segment), Fixture.PATHS, files, "opt/shared");
    }

    @Test
    void the_scripts_backup_holds_all_of_its_twelve_segments() {
        CoverageReport report = CoverageCheck.check(
                Fixture.dump("script-backup"), Fixture.PATHS, Fixture.tar(Fixture.SCRIPT_TAR), "opt/shared");

        assertThat(report.coverage()).isEqualTo(new Coverage(12, 12, List.of()));
        assertThat(report.reasons()).isEmpty();
    }

    @Test
    @Tag("SG-03")
    void a_segment_killed_between_dump_and_tar_is_named() {
        CoverageReport report = CoverageCheck.check(
                Fixture.dump("killed-between"),
                Fixture.PATHS,
                Fixture.tar(Fixture.BACKUPS.resolve("killed-between/druid_shared.tar")),
                "opt/shared");

        assertThat(report.coverage().used()).isEqualTo(15);
        assertThat(report.coverage().held()).isEqualTo(14);
        assertThat(report.coverage().missing()).hasSize(1).first().asString().startsWith("clicks_2024-03-01T00");
        assertThat(report.reasons()).containsExactly(entry("no file is there", 1L));
    }

    @Test
    @Tag("SG-03")
    void a_folder_needs_files_that_are_not_empty_and_as_large_as_the_metadata_says() {
        SegmentEntry segment = segment("s", "local", "/opt/shared/segments/a/index/", 10);

        assertThat(reason(segment, visitor -> {})).isEqualTo("no file is there");
        assertThat(reason(segment, visitor -> visitor.accept("opt/shared/segments/a/index/deeper/x", 10)))
                .isEqualTo("no file is there");
        assertThat(reason(segment, visitor -> visitor.accept("opt/shared/segments/a/index", 10)))
                .isEqualTo("no file is there");
        assertThat(reason(segment, visitor -> visitor.accept("opt/shared/segments/a/index/x", 9)))
                .isEqualTo("the files are smaller than the metadata says");
        assertThat(reason(segment, visitor -> {
                    visitor.accept("opt/shared/segments/a/index/x", 10);
                    visitor.accept("opt/shared/segments/a/index/y", 0);
                }))
                .isEqualTo("a file is empty");
        assertThat(reason(segment, visitor -> {
                    visitor.accept("opt/shared/segments/a/index/x", 6);
                    visitor.accept("opt/shared/segments/a/index/y", 4);
                }))
                .isEqualTo("held");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opt/shared/segments/a/index.zip", "./opt/shared/segments/a/index.zip"})
    void a_file_needs_to_be_there_and_not_empty(String name) {
        SegmentEntry segment = segment("s", "local", "/opt/shared/segments/a/index.zip", 1000);

        assertThat(reason(segment, visitor -> visitor.accept(name, 0))).isEqualTo("a file is empty");
        assertThat(reason(segment, visitor -> visitor.accept(name, 10))).isEqualTo("held");
    }

    @Test
    void a_path_without_a_slash_is_a_folder_when_that_is_what_is_there() {
        SegmentEntry segment = segment("s", "local", "/opt//shared/./segments/a/index", 10);

        assertThat(reason(segment, visitor -> visitor.accept("opt/shared/segments/a/index/x", 9)))
                .isEqualTo("the files are smaller than the metadata says");
        assertThat(reason(segment, visitor -> visitor.accept("opt/shared/segments/a/index/x", 10)))
                .isEqualTo("held");
    }

    private static String reason(SegmentEntry segment, SegmentFiles files) {
        CoverageReport report = check(segment, files);
        assertThat(report.coverage().complete()).isEqualTo(report.reasons().isEmpty());
        return report.reasons().isEmpty() ? "held" : report.reasons().firstKey();
    }

    @Test
    void what_is_not_covered_is_not_held_and_the_reason_is_said() {
        SegmentFiles files = visitor -> {
            visitor.accept("opt/shared/segments/a/index/x", 10);
            visitor.accept("data/segments/a/index/x", 10);
        };
        CoverageReport report = CoverageCheck.check(
                used(
                        segment("s3", "s3_zip", "/opt/shared/segments/a/index/", 1),
                        segment("good", "local", "/opt/shared/segments/a/index/", 1),
                        segment("outside", "local", "/data/segments/a/index/", 1),
                        segment("climbs", "local", "/opt/shared/../data/segments/a/index/", 1),
                        segment("nowhere", "local", "", 1)),
                Fixture.PATHS,
                files,
                "opt/shared");

        assertThat(report.coverage()).isEqualTo(new Coverage(5, 1, List.of("s3", "outside", "climbs", "nowhere")));
        assertThat(report.reasons())
                .containsExactly(
                        entry("load spec s3_zip is not covered", 1L),
                        entry("the load path lies outside of /opt/shared", 2L),
                        entry("the load spec has no path", 1L));
    }

    @Test
    void other_prefixes_of_members_and_no_segments_at_all_work() {
        SegmentEntry segment = segment("s", "local", "/opt/shared/segments/a/index.zip", 1);
        for (String prefix : List.of("shared", "", "opt/shared")) {
            String name = (prefix.isEmpty() ? "" : prefix + "/") + "segments/a/index.zip";
            assertThat(CoverageCheck.check(
                                    used(segment),
                                    new LoadPaths("local", "/opt/shared/"),
                                    visitor -> visitor.accept(name, 5),
                                    prefix)
                            .coverage()
                            .complete())
                    .isTrue();
        }
        assertThat(CoverageCheck.check(used(), Fixture.PATHS, visitor -> {}, "opt/shared")
                        .coverage())
                .isEqualTo(new Coverage(0, 0, List.of()));
    }

    @Test
    void two_segments_of_one_path_both_count() {
        CoverageReport report = CoverageCheck.check(
                used(segment("a", "local", "/opt/shared/x/", 5), segment("b", "local", "/opt/shared/x/", 6)),
                Fixture.PATHS,
                visitor -> visitor.accept("opt/shared/x/f", 5),
                "opt/shared");

        assertThat(report.coverage()).isEqualTo(new Coverage(2, 0, List.of("a", "b")));
    }

    @Test
    void a_million_segments_fit_into_a_small_heap(@TempDir Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path").replace(File.pathSeparator, ":");

        String output =
                Tool.ok(folder, "'" + java + "' -Xmx256m -cp '" + classes + "' dolmen.deepstorage.MillionSegments");

        assertThat(output).contains("1000000 used, 999999 held, [segment-777777]");
        assertThat(Long.parseLong(output.replaceAll("(?s).*taking (\\d+) MB.*", "$1")))
                .isLessThanOrEqualTo(64);
    }

    @Test
    void a_million_segments_are_written_into_an_index_with_a_small_heap(@TempDir Path folder) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");

        assertThat(Tool.ok(
                        folder,
                        "'" + java + "' -Xmx64m -cp '" + classes + "' dolmen.deepstorage.MillionSegments lines"))
                .contains("1000000 lines");
    }

    @Test
    @Tag("SG-01")
    void foreign_load_paths_are_counted_by_their_beginnings() {
        assertThat(Fixture.PATHS.foreign(used(
                        segment("1", "local", "/opt/shared/segments/wiki/x/", 1),
                        segment("2", "local", "/data/druid/segments/wiki/x/", 1),
                        segment("3", "local", "/data/druid/segments/wiki/y/", 1),
                        segment("4", "local", "/mnt/other/z/index.zip", 1),
                        segment("5", "s3_zip", "", 1))))
                .containsExactly(entry("/data/druid/segments", 2L), entry("/mnt/other", 1L));
    }
}
