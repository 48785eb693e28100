package dolmen.deepstorage;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.deepstorage.SegmentBackups.Made;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every deep storage must do for a restore of single datasources; each call goes to another object, as after a kill. */
abstract class AddedFilesContract {
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

    final SegmentPlacement placement() {
        return fixture.open().placement(RUN);
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
