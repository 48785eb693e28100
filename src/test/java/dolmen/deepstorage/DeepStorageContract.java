package dolmen.deepstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.archive.TarMember;
import dolmen.archive.TarReader;
import dolmen.deepstorage.SegmentBackups.Made;
import dolmen.model.Artifact;
import dolmen.model.CountingMeter;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.SegmentPrints;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every deep storage must do for a backup, and the segment caches; what it does for a restore comes before. */
public abstract class DeepStorageContract extends SegmentPlacementContract {
    @Test
    void a_full_archive_holds_every_file_and_its_index_tells_the_segments() throws Exception {
        fixture.put("indexing-logs/task.log", "a log");

        Made made = backups.full(FIRST);

        assertThat(tar(made)).isEqualTo(named(fixture.content()));
        assertThat(made.archive().archive().files()).isEqualTo(3);
        assertThat(made.archive().archive().tar())
                .isEqualTo(Digests.artifact(made.backup().folder().resolve(Artifact.SEGMENT_ARCHIVE)));
        assertThat(made.archive().archive().archives()).containsOnlyKeys(new Label(FIRST));
        assertThat(backups.coverage(made.backup()).complete()).isTrue();
        assertThat(made.archive().warnings()).isEmpty();
    }

    @Test
    void an_archive_over_a_base_holds_only_what_is_new_and_its_index_all() throws Exception {
        Made base = backups.full(FIRST);
        SegmentPrints then = backups.prints();
        backups.publish("c", "third");

        Made made = backups.over(base.backup(), then, SECOND);

        assertThat(tar(made)).containsOnlyKeys(prefix() + SegmentBackups.path("c") + "data");
        assertThat(made.archive().archive().archives()).containsOnlyKeys(new Label(FIRST), new Label(SECOND));
        assertThat(backups.coverage(made.backup()).complete()).isTrue();
    }

    @Test
    void a_segment_that_got_the_id_of_another_one_is_new() throws Exception {
        Made base = backups.full(FIRST);
        SegmentPrints then = backups.prints();
        backups.publish("a", "again");

        Made made = backups.over(base.backup(), then, SECOND);

        assertThat(tar(made)).isEqualTo(new TreeMap<>(Map.of(prefix() + SegmentBackups.path("a") + "data", "again")));
    }

    @Test
    void where_nothing_is_new_the_archive_is_empty_and_needs_the_base_alone() throws Exception {
        Made base = backups.full(FIRST);

        Made made = backups.over(base.backup(), backups.prints(), SECOND);

        assertThat(tar(made)).isEmpty();
        assertThat(made.archive().archive().archives()).containsOnlyKeys(new Label(FIRST));
        assertThat(backups.coverage(made.backup()).complete()).isTrue();
    }

    @Test
    void a_segment_without_files_is_passed_over_and_found_by_comparing() throws Exception {
        Made base = backups.full(FIRST);
        SegmentPrints then = backups.prints();
        backups.publish("c", "third");
        fixture.remove(SegmentBackups.path("c"));

        assertThat(backups.coverage(backups.over(base.backup(), then, SECOND).backup())
                        .missing())
                .containsExactly("c");
        assertThat(backups.coverage(backups.full(THIRD).backup()).missing()).containsExactly("c");
    }

    @Test
    void the_bytes_of_an_archive_are_counted() throws Exception {
        CountingMeter meter = new CountingMeter();

        MadeArchive made = fixture.open().archive(backups.order(FIRST), meter);

        assertThat(meter.done()).isGreaterThanOrEqualTo(made.archive().tar().bytes());
    }

    @Test
    void what_a_restore_has_staged_is_in_no_archive_and_no_list() throws Exception {
        Made made = backups.full(FIRST);
        backups.publish("c", "third");
        stage(made);

        assertThat(SegmentBackups.listed(fixture.open().files(0, Meter.NONE)))
                .isEqualTo(SegmentBackups.sizes(fixture.content()))
                .hasSize(3);
        assertThat(tar(backups.full(SECOND))).isEqualTo(named(fixture.content()));
    }

    @Test
    void the_list_tells_which_segment_lost_its_files() {
        assertThat(backups.live(fixture.open().files(0, Meter.NONE)).complete()).isTrue();

        fixture.remove(SegmentBackups.path("a"));

        assertThat(backups.live(fixture.open().files(0, Meter.NONE)).missing()).containsExactly("a");
    }

    @Test
    void a_look_finds_nothing_wrong_and_room() {
        assertThat(fixture.open().check()).noneMatch(remark -> remark.level() == Remark.Level.WARNING);
        assertThat(fixture.open().freeBytes().orElse(1)).isPositive();
    }

    @Test
    void a_segment_cache_is_emptied_only_while_its_service_is_stopped() {
        fixture.fillCache();
        fixture.running(true);

        fixture.open().checkCaches(Set.of("historical"));
        assertThatThrownBy(() -> fixture.open().emptyCaches()).isInstanceOf(StepFailure.Refused.class);
        assertThat(fixture.cacheIsEmpty()).isFalse();

        fixture.running(false);
        fixture.open().emptyCaches();
        fixture.open().emptyCaches();
        assertThat(fixture.cacheIsEmpty()).isTrue();
    }

    private String prefix() {
        return fixture.open().paths().memberPrefix() + "/";
    }

    private SortedMap<String, String> named(SortedMap<String, String> content) {
        SortedMap<String, String> named = new TreeMap<>();
        content.forEach((path, text) -> named.put(prefix() + path, text));
        return named;
    }

    /** The files in the archive. */
    private static SortedMap<String, String> tar(Made made) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        Path tar = made.backup().folder().resolve(Artifact.SEGMENT_ARCHIVE);
        try (TarReader reader = TarReader.ofUnhashed("the archive", Files.newInputStream(tar))) {
            for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().isFile()) {
                    files.put(next.get().name(), new String(reader.content().readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }
}
