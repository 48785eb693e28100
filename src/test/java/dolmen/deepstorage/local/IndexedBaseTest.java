package dolmen.deepstorage.local;

import static dolmen.deepstorage.local.IncrementalBackups.NEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.deepstorage.BaseSegments;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.SegmentEntry;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.Transport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which segments an incremental backup takes over is told by the index of its base, which has their fingerprints. */
class IndexedBaseTest {
    @TempDir
    Path folder;

    private IncrementalBackups backups;

    @BeforeEach
    void a_stack() throws Exception {
        backups = new IncrementalBackups(folder);
    }

    @Test
    @Tag("T1")
    void T1_the_index_of_the_base_alone_tells_which_segments_are_the_same() throws Exception {
        Backup base = backups.full(backups.stack.volume(Transport.MOUNT));
        SegmentPrints known = BaseSegments.ofIndex(base.folder().resolve(Artifact.SEGMENT_INDEX));
        SegmentEntry again = first("wiki");
        SegmentPrints used = consumer -> IncrementalBackups.SAME.forEach(print -> consumer.accept(
                print.id().equals(again.id())
                        ? new SegmentPrint(
                                print.id(), print.datasource(), print.created(), IncrementalBackups.print("another"))
                        : print));

        Backup same = backups.incremental(
                backups.stack.volume(Transport.MOUNT),
                base,
                NEXT,
                BaseSegments.compare(IncrementalBackups.SAME, known));
        Backup other = backups.incremental(
                backups.stack.volume(Transport.MOUNT),
                same,
                new Label("20261124-020000"),
                BaseSegments.compare(used, BaseSegments.ofIndex(same.folder().resolve(Artifact.SEGMENT_INDEX))));

        assertThat(backups.archive(same).files()).isZero();
        String path = Path.of("/opt/shared").relativize(Path.of(again.path())).toString();
        assertThat(backups.archive(other).files())
                .isEqualTo(backups.filesIn(path))
                .isPositive();
    }

    private static SegmentEntry first(String datasource) {
        List<SegmentEntry> found = new ArrayList<>();
        IncrementalBackups.USED.forEach(segment -> {
            if (segment.datasource().equals(datasource)) {
                found.add(segment);
            }
        });
        return found.get(0);
    }
}
