package dolmen.deepstorage.local;

import static dolmen.deepstorage.local.IncrementalBackups.FULL;
import static dolmen.deepstorage.local.IncrementalBackups.NEW;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.MemberIndex;
import dolmen.archive.TarExtractor;
import dolmen.archive.Tool;
import dolmen.archive.Unpacking;
import dolmen.deepstorage.BackupTar;
import dolmen.deepstorage.ReferredFiles;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupContents;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of archives that an incremental backup refers to and that changed since. */
class ReferredFilesTest {
    @TempDir
    Path folder;

    private IncrementalBackups backups;

    @BeforeEach
    void a_stack() throws Exception {
        backups = new IncrementalBackups(folder);
    }

    @Test
    void a_file_that_changed_in_the_archive_of_another_backup_is_found_by_reading_deep() throws Exception {
        Backup backup = backups.incremental(backups.stack.volume(Transport.MOUNT), backups.fullWithout(NEW));
        Path archive = backups.stack.catalog.resolve(FULL.text()).resolve(Artifact.SEGMENT_ARCHIVE);
        byte[] bytes = Files.readAllBytes(archive);
        MemberIndex.read(backup.folder().resolve(Artifact.SEGMENT_INDEX), member -> {
            if (member.label().equals(FULL)) {
                bytes[(int) member.offset()] ^= 1;
            }
        });
        assertThatCode(() -> ReferredFiles.check(backups.examined(backup))).doesNotThrowAnyException();
        Files.write(archive, bytes);

        BackupContents written = backups.written(backup);
        assertThatCode(() -> ReferredFiles.check(written)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ReferredFiles.check(backups.examined(backup)))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(archive.toString());
        assertThatThrownBy(() -> TarExtractor.extract(
                        BackupTar.of(backups.examined(backup)),
                        folder.resolve("out"),
                        new Unpacking("opt/shared", 1 << 30)))
                .isInstanceOf(Damaged.class);
    }

    @Test
    void an_archive_that_is_gone_or_cut_is_found_without_reading() throws Exception {
        Backup backup = backups.incremental(backups.stack.volume(Transport.MOUNT), backups.fullWithout(NEW));
        BackupContents written = backups.written(backup);
        Path archive = backups.stack.catalog.resolve(FULL.text()).resolve(Artifact.SEGMENT_ARCHIVE);
        Tool.ok(backups.stack.catalog, "truncate -s -512 " + archive);

        assertThatThrownBy(() -> ReferredFiles.check(written))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("needs the archive of backup " + FULL);
        Files.delete(archive);
        assertThatThrownBy(() -> ReferredFiles.check(written)).isInstanceOf(Damaged.class);
    }

    @Test
    void an_index_that_lists_less_or_more_than_the_manifest_counts_is_found() throws Exception {
        Backup backup = backups.incremental(backups.stack.volume(Transport.MOUNT), backups.fullWithout(NEW));
        Path index = backup.folder().resolve(Artifact.SEGMENT_INDEX);
        Tool.ok(folder, "zcat " + index + " | tail -n +2 | gzip > less.gz");
        Files.move(folder.resolve("less.gz"), index, StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> ReferredFiles.check(backups.examined(backup)))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining("differ about the archives");
    }
}
