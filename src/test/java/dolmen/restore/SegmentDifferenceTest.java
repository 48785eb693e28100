package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Checksum;
import dolmen.model.SegmentPrint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SegmentDifferenceTest {
    @Test
    @Tag("T3")
    void t3_added_kept_changed_and_lost_are_told_apart_by_datasource() {
        SegmentDifference difference = new SegmentDifference();
        difference.backup(segment("wiki", "wiki_1"));
        difference.backup(segment("wiki", "wiki_2"));
        difference.live(segment("wiki", "wiki_2"));
        difference.live(segment("wiki", "wiki_3"));
        difference.live(segment("clicks", "clicks_1"));
        difference.backup(segment("clicks", "clicks_2"));
        difference.live(
                new SegmentPrint("clicks_2", "clicks", "", Checksum.of("again").sha256()));

        assertThat(difference.byDatasource())
                .containsEntry("wiki", new SegmentChange(1, 1, 0, 1))
                .containsEntry("clicks", new SegmentChange(0, 0, 1, 1));
    }

    private static SegmentPrint segment(String datasource, String id) {
        return new SegmentPrint(id, datasource, "", Checksum.of(id).sha256());
    }

    @Test
    @Timeout(120)
    void a_million_segments_on_both_sides_are_compared_in_a_heap_of_128_mebibytes() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Million.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo("1000 added, 999000 kept, 1000 lost\n");
    }

    /** A program for a JVM of its own. */
    static final class Million {
        private static final int COUNT = 1_000_000;

        private Million() {}

        public static void main(String[] arguments) {
            SegmentDifference difference = new SegmentDifference();
            for (int i = 0; i < COUNT; i++) {
                difference.backup(segment("wiki", "wiki_" + i));
            }
            for (int i = 1000; i < COUNT + 1000; i++) {
                difference.live(segment("wiki", "wiki_" + i));
            }
            System.out.println(difference.byDatasource().get("wiki").words());
        }
    }
}
