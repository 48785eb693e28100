package dolmen.deepstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.deepstorage.SegmentBackups.Made;
import dolmen.model.Artifact;
import dolmen.model.CountingMeter;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.SegmentPrints;
import dolmen.model.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every deep storage must do for a restore; each call goes to another object, as after a kill. */
abstract class SegmentPlacementContract {
    static final String FIRST = "20261122-020000";
    static final String SECOND = "20261123-020000";
    static final String THIRD = "20261124-020000";
    private static final RunMark RUN = new RunMark("20261124-030000-restore");

    @TempDir
    Path folder;

    DeepStorageFixture fixture;
    SegmentBackups backups;

    /** A deep storage that holds nothing; the folder is for what it needs, and is not empty. */
    protected abstract DeepStorageFixture fixture(Path folder) throws Exception;

    @BeforeEach
    void two_segments() throws Exception {
        fixture = fixture(folder);
        backups = new SegmentBackups(fixture, folder.resolve("backups"));
        backups.publish("a", "first");
        backups.publish("b", "second");
    }

    Staged stage(Made made) {
        return placement().stage(BackupTar.of(backups.contents(made.backup())), 0, Meter.NONE);
    }

    private SegmentPlacement placement() {
        return fixture.open().placement(RUN);
    }

    @Test
    void a_restore_brings_the_files_of_the_backup_in_and_the_old_ones_back() throws Exception {
        SortedMap<String, String> then = fixture.content();
        Made made = backups.full(FIRST);
        fixture.remove(SegmentBackups.path("a"));
        fixture.put("segments/clicks/x", "later");
        SortedMap<String, String> before = fixture.content();

        Staged staged = stage(made);
        assertThat(staged.files()).isEqualTo(2);
        assertThat(staged.bytes()).isEqualTo("firstsecond".length());
        assertThat(fixture.content()).isEqualTo(before);
        assertThat(placement().state()).isEqualTo(SwapState.STAGED);

        placement().swapIn();
        placement().swapIn();
        assertThat(fixture.content()).isEqualTo(then);
        assertThat(placement().state()).isEqualTo(SwapState.SWAPPED);

        placement().swapBack();
        placement().swapBack();
        assertThat(fixture.content()).isEqualTo(before);
        assertThat(placement().state()).isEqualTo(SwapState.STAGED);

        placement().swapIn();
        placement().dropOld();
        placement().dropOld();
        assertThat(fixture.content()).isEqualTo(then);
        assertThat(placement().state()).isEqualTo(SwapState.ABSENT);
    }

    @Test
    void what_was_staged_is_dropped_and_the_live_files_stay() throws Exception {
        stage(backups.full(FIRST));
        SortedMap<String, String> before = fixture.content();

        placement().dropNew();
        placement().dropNew();

        assertThat(placement().state()).isEqualTo(SwapState.ABSENT);
        assertThat(fixture.content()).isEqualTo(before);
    }

    @Test
    void staging_twice_is_staging_once_and_every_announced_byte_is_read() throws Exception {
        Made made = backups.full(FIRST);
        stage(made);
        placement().dropNew();
        Path tar = made.backup().folder().resolve(Artifact.SEGMENT_ARCHIVE);
        CountingMeter meter = new CountingMeter();

        placement().stage(TarFile.of(tar), Files.size(tar), meter);

        assertThat(meter.done()).isEqualTo(meter.expected()).isPositive();
        assertThat(stage(made).files()).isEqualTo(2);
        assertThat(placement().state()).isEqualTo(SwapState.STAGED);
    }

    @Test
    void a_backup_over_a_base_is_restored_from_both_archives() throws Exception {
        Made base = backups.full(FIRST);
        SegmentPrints then = backups.prints();
        backups.publish("c", "third");
        SortedMap<String, String> expected = fixture.content();
        Made made = backups.over(base.backup(), then, SECOND);
        fixture.remove("segments");

        stage(made);
        placement().swapIn();

        assertThat(fixture.content()).isEqualTo(expected);
    }

    @Test
    void nothing_comes_in_when_nothing_is_staged() {
        SortedMap<String, String> before = fixture.content();
        assertThatThrownBy(() -> placement().swapIn()).isInstanceOf(StepFailure.Failed.class);
        placement().swapBack();
        placement().putKeptBack();

        assertThat(fixture.content()).isEqualTo(before);
        assertThat(placement().state()).isEqualTo(SwapState.ABSENT);
    }

    @Test
    void one_restore_knows_nothing_of_another() throws Exception {
        stage(backups.full(FIRST));
        assertThat(fixture.open()
                        .placement(new RunMark("20261125-030000-restore"))
                        .state())
                .isEqualTo(SwapState.ABSENT);
    }

    @Test
    void a_foreign_and_a_damaged_archive_change_nothing() throws Exception {
        SortedMap<String, String> before = fixture.content();
        Path whole = backups.full(FIRST).backup().folder().resolve(Artifact.SEGMENT_ARCHIVE);
        Tool.ok(folder, "mkdir -p m/metabase-data; echo 1 > m/metabase-data/x; tar -C m -cf foreign.tar metabase-data");
        Tool.ok(folder, "head -c 1500 " + whole + " > damaged.tar");

        assertThatThrownBy(() -> placement().stage(TarFile.of(folder.resolve("foreign.tar")), 0, Meter.NONE))
                .isInstanceOf(StepFailure.Refused.class);
        assertThatThrownBy(() -> placement().stage(TarFile.of(folder.resolve("damaged.tar")), 0, Meter.NONE))
                .isInstanceOf(StepFailure.Damaged.class);

        assertThat(fixture.content()).isEqualTo(before);
        assertThat(placement().state()).isEqualTo(SwapState.ABSENT);
    }

    @Test
    void added_files_come_beside_all_others_and_those_that_were_there_come_back() throws Exception {
        SortedMap<String, String> added = add();
        assertThat(fixture.content()).isEqualTo(added);
        assertThat(placement().state()).isEqualTo(SwapState.ABSENT);

        placement().putKeptBack();
        placement().putKeptBack();
        added.put(SegmentBackups.path("a") + "data", "another first");
        assertThat(fixture.content()).isEqualTo(added);
    }

    @Test
    void the_files_once_the_kept_ones_are_back_are_known_before() throws Exception {
        SortedMap<String, String> added = add();
        fixture.remove(SegmentBackups.path("a"));

        added.put(SegmentBackups.path("a") + "data", "another first");
        assertThat(SegmentBackups.listed(placement().filesOnceKeptAreBack())).isEqualTo(SegmentBackups.sizes(added));
    }

    @Test
    void kept_files_go_with_what_was_replaced() throws Exception {
        SortedMap<String, String> added = add();
        placement().dropOld();
        placement().putKeptBack();
        assertThat(fixture.content()).isEqualTo(added);
    }

    /** Adds the backup of two segments where one is gone, the other has other files, and a third one came. */
    private SortedMap<String, String> add() throws Exception {
        Made made = backups.full(FIRST);
        fixture.remove(SegmentBackups.path("b"));
        backups.publish("a", "another first");
        backups.publish("c", "third");
        SortedMap<String, String> expected = fixture.content();
        expected.put(SegmentBackups.path("a") + "data", "first");
        expected.put(SegmentBackups.path("b") + "data", "second");
        placement().add(BackupTar.of(backups.contents(made.backup())), 0, Meter.NONE);
        return expected;
    }
}
