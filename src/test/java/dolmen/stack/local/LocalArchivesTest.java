package dolmen.stack.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of the files of this machine. */
class LocalArchivesTest {

    @TempDir
    Path folder;

    @Test
    void an_archive_comes_back_as_it_was() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source/metabase.db"));
        Path file = Files.write(source.resolve("metabase.db.mv.db"), new byte[700_001]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("metabase.db.mv.db"));
        Path target = Files.createDirectories(folder.resolve("target"));
        try (InputStream tar = withFlags().readArchive("any", source.toString())) {
            withFlags().writeArchive("any", target.toString(), tar);
        }
        Path copy = target.resolve("metabase.db/metabase.db.mv.db");
        assertThat(copy).hasSameBinaryContentAs(file);
        assertThat(Files.getPosixFilePermissions(copy)).isEqualTo(Files.getPosixFilePermissions(file));
        assertThat(Files.getLastModifiedTime(copy).toMillis() / 1000)
                .isEqualTo(Files.getLastModifiedTime(file).toMillis() / 1000);
        assertThat(Files.readSymbolicLink(target.resolve("metabase.db/link"))).isEqualTo(Path.of("metabase.db.mv.db"));
    }

    @Test
    void a_missing_path_is_told_by_its_cause() {
        assertThatThrownBy(() -> withFlags().readArchive("any", folder + "/none"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void members_that_would_leave_the_folder_are_refused() throws Exception {
        Path target = Files.createDirectories(folder.resolve("target"));
        for (String name : List.of("../escaped", "inner/../../escaped")) {
            assertThatThrownBy(() ->
                            withFlags().writeArchive("any", target.toString(), new ByteArrayInputStream(tar(name))))
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining("leave");
        }
        Files.createSymbolicLink(target.resolve("out"), folder);
        for (String name : List.of("out/escaped", "out/escaped/deeper/file")) {
            assertThatThrownBy(() ->
                            withFlags().writeArchive("any", target.toString(), new ByteArrayInputStream(tar(name))))
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining("leave");
        }
        assertThat(folder.resolve("escaped")).doesNotExist();
    }

    private static byte[] tar(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(1);
            tar.putArchiveEntry(entry);
            tar.write(7);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private LocalHost withFlags() {
        return new LocalHost(LocalSettings.flags(folder));
    }
}
