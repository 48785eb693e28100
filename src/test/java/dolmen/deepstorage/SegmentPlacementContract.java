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
import org.junit.jupiter.api.Test;

/** What every deep storage must do for a restore; each call goes to another object, as after a kill. */
abstract class SegmentPlacementContract extends AddedFilesContract {
    Staged stage(Made made) {
        return placement().stage(BackupTar.of(backups.contents(made.backup())), 0, Meter.NONE);
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
}
