package dolmen.deepstorage;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.MemberIndex;
import dolmen.deepstorage.local.IncrementalBackups;
import dolmen.model.IndexedSegment;
import dolmen.model.SegmentPrint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The used segments of a dump, as they stand in an index. */
class SegmentLinesTest {
    @TempDir
    Path folder;

    @Test
    void segments_are_written_by_datasource_in_the_order_of_the_dump_and_nothing_else_is_left() throws Exception {
        List<String> names = List.of("wiki", "clicks", "\u00fcber", "clicks2");
        List<SegmentPrint> prints = IntStream.range(0, 5000)
                .mapToObj(number -> new SegmentPrint(
                        names.get(number % 4) + "_\u00fc_" + number,
                        names.get(number % 4),
                        "",
                        IncrementalBackups.print("row " + number)))
                .toList();

        List<IndexedSegment> lines = written(prints);

        assertThat(lines)
                .containsExactlyElementsOf(names.stream()
                        .sorted()
                        .flatMap(name -> prints.stream()
                                .filter(print -> print.datasource().equals(name)))
                        .map(print -> new IndexedSegment(print.id(), print.datasource(), print.fingerprint()))
                        .toList());
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("index"));
        }
    }

    @Test
    void a_dump_without_used_segments_writes_none() {
        assertThat(written(List.of())).isEmpty();
    }

    private List<IndexedSegment> written(List<SegmentPrint> prints) {
        Path index = folder.resolve("index");
        try (MemberIndex.Writer writer = MemberIndex.create(index)) {
            SegmentLines.write(prints::forEach, folder.resolve("scratch"), writer);
            writer.finish();
        }
        List<IndexedSegment> lines = new ArrayList<>();
        MemberIndex.segments(index, lines::add);
        return lines;
    }
}
