package dolmen.metabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a copy of every database of Metabase's. */
abstract class ApplicationCopyContract {
    static final RunId BACKUP = new RunId("20261124-020000-000-backup");
    static final RunMark MARK = new RunMark("20261124-020000-001");

    @TempDir
    protected Path folder;

    protected abstract DatabaseKind kind();

    /** Where Metabase keeps its data, found anew. */
    protected abstract ApplicationDatabase database();

    /** Metabase has so many users from now on. */
    protected abstract void users(long number) throws Exception;

    /** The users that Metabase would find now. */
    protected abstract long users() throws Exception;

    @Test
    void a_copy_holds_the_rows_that_were_there_and_the_data_stay() throws Exception {
        Path staging = staging("backup");
        users(3);
        ApplicationDatabaseCopy copy = database().archive(staging, BACKUP, Meter.NONE);
        Artifact artifact = copy.artifact().orElseThrow();
        Path file = staging.resolve(artifact.name());
        assertThat(copy.counts()).containsEntry("core_user", 3L);
        assertThat(artifact).isEqualTo(Digests.artifact(file));
        assertThat(kind().reads(file)).isTrue();
        assertThat(staging).isDirectoryNotContaining(other -> !other.equals(file));
        assertThat(users()).isEqualTo(3);
    }

    @Test
    void a_second_try_replaces_what_the_first_one_left() throws Exception {
        Path first = archived(3);
        byte[] left = Files.readAllBytes(first);
        users(5);
        assertThat(database().archive(first.getParent(), BACKUP, Meter.NONE).counts())
                .containsEntry("core_user", 5L);
        assertThat(first).isRegularFile();
        assertThat(Files.readAllBytes(first)).isNotEqualTo(left);
    }

    @Test
    void a_file_tells_without_a_manifest_what_it_holds() throws Exception {
        ApplicationDatabaseCopy contents = kind().contents(archived(3));
        assertThat(contents.counts()).containsEntry("core_user", 3L);
        assertThat(contents.kind()).isEqualTo(database().place().kind());
        assertThat(contents.encryptionKey()).isEqualTo(ApplicationDatabaseCopy.UNKNOWN_KEY);
    }

    @Test
    void a_cut_file_is_damaged_and_is_not_put_in() throws Exception {
        Path file = archived(3);
        byte[] whole = Files.readAllBytes(file);
        users(2);
        for (int length : List.of(whole.length / 2, 1, 0)) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> kind().contents(file)).isInstanceOf(Damaged.class);
            assertThatThrownBy(() -> database().stage(file, MARK, Meter.NONE)).isInstanceOf(Damaged.class);
        }
        assertThat(users()).isEqualTo(2);
    }

    @Test
    void the_place_is_told_as_the_manifest_names_it() throws Exception {
        users(1);
        ApplicationDatabaseCopy copy = database().archive(staging("backup"), BACKUP, Meter.NONE);
        Place place = database().place();
        assertThat(place.isNone()).isFalse();
        assertThat(copy.kind()).isEqualTo(place.kind());
        assertThat(copy.location()).isEqualTo(place.location());
        assertThat(copy.foundBy()).isEqualTo(place.foundBy());
        assertThat(List.of(place.foundBy(), place.location(), place.inShort(), place.inWords(), place.hint()))
                .noneMatch(String::isBlank);
        assertThat(kind().isCalled(place.kind())).isTrue();
    }

    @Test
    void nothing_stands_against_a_file_that_was_just_made_here() throws Exception {
        Path file = archived(3);
        database().requirePresent();
        assertThat(database().objections(file, Meter.NONE)).isEmpty();
        assertThat(database().archivedBytes(1000)).isGreaterThanOrEqualTo(1000);
    }

    /** The file of a backup with so many users, which the stack has from then on. */
    Path archived(long number) throws Exception {
        users(number);
        Path staging = staging("backup-of-" + number);
        return staging.resolve(database()
                .archive(staging, BACKUP, Meter.NONE)
                .artifact()
                .orElseThrow()
                .name());
    }

    private Path staging(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }
}
