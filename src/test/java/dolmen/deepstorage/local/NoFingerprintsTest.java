package dolmen.deepstorage.local;

import static dolmen.deepstorage.local.IncrementalBackups.FULL;
import static dolmen.deepstorage.local.IncrementalBackups.NEW;
import static dolmen.deepstorage.local.IncrementalBackups.NEXT;
import static dolmen.deepstorage.local.IncrementalBackups.SAME;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Tool;
import dolmen.deepstorage.BaseSegments;
import dolmen.deepstorage.SegmentFiles;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import dolmen.model.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The base is of format 1 and its dump is not at hand: times and sizes alone tell which segments are the same. */
class NoFingerprintsTest {
    private static final Instant CREATED = Instant.parse("2024-03-01T00:00:00Z");
    private static final BaseSegments OLD = BaseSegments.createdBefore(SAME, CREATED.plus(Duration.ofDays(1)));

    @TempDir
    Path folder;

    private IncrementalBackups backups;

    @BeforeEach
    void a_stack() throws Exception {
        backups = new IncrementalBackups(folder);
    }

    @Test
    @Tag("T1")
    void without_the_base_s_dump_what_was_created_since_the_base_began_is_packed_anew() throws Exception {
        Backup base = backups.full(backups.stack.volume(Transport.MOUNT));

        Backup all = backups.incremental(
                backups.stack.volume(Transport.MOUNT), base, NEXT, BaseSegments.createdBefore(SAME, CREATED));
        Backup none =
                backups.incremental(backups.stack.volume(Transport.MOUNT), base, new Label("20261124-020000"), OLD);

        assertThat(backups.archive(all).archives()).containsOnlyKeys(NEXT);
        assertThat(backups.archive(none).archives()).containsOnlyKeys(FULL);
    }

    @Test
    @Tag("T1")
    void T1_without_the_base_s_dump_a_segment_that_is_larger_in_the_base_is_packed_anew() throws Exception {
        Path smoosh =
                Path.of(Tool.ok(backups.stack.shared, "find $PWD/" + NEW + " -name '00000.smoosh' | sort | head -1")
                        .strip());
        byte[] content = Files.readAllBytes(smoosh);
        Tool.ok(folder, "echo more >> '" + smoosh + "'");
        Backup base = backups.full(backups.stack.volume(Transport.MOUNT));
        Files.write(smoosh, content);

        Backup backup = backups.incremental(backups.stack.volume(Transport.MOUNT), base, NEXT, OLD);

        String segment = backups.stack.shared.relativize(smoosh.getParent()).toString();
        assertThat(backups.archive(backup).files())
                .isEqualTo(backups.filesIn(segment))
                .isPositive();
        assertThat(backups.coverage(backup).complete()).isTrue();
    }

    @Test
    @Tag("T1")
    void T1_a_single_file_has_a_known_size_nowhere_so_it_is_not_taken_over_without_a_fingerprint() {
        String path = "/opt/shared/segments/a/index.zip";
        SegmentEntry zip = new SegmentEntry("a", "a", "2024/2025", "v", Shard.counted(0, 0), "local", path, 1000);
        SegmentFiles held = files -> files.accept("opt/shared/segments/a/index.zip", 300);

        assertThat(OLD.held(one -> one.accept(zip), Fixture.PATHS, held).lacking(zip))
                .isEqualTo(Optional.of("segments/a/index.zip"));
        assertThat(BaseSegments.compare(SAME, SAME)
                        .held(one -> one.accept(zip), Fixture.PATHS, held)
                        .lacking(zip))
                .isEmpty();
    }
}
