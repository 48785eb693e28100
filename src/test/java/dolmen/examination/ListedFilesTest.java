package dolmen.examination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.StepFailure.Damaged;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedFilesTest {
    @TempDir
    Path folder;

    /** A long-lived process verifies it each night. */
    @Test
    void an_index_that_cannot_be_read_is_closed() throws Exception {
        Path index = Files.writeString(folder.resolve(Artifact.SEGMENT_INDEX), "no gzip at all");
        BackupContents backup = BackupContents.begin(folder, Optional.empty());

        assertThatThrownBy(() -> ListedFiles.of(backup)).isInstanceOf(Damaged.class);

        assertThat(isOpen(index)).isFalse();
    }

    private static boolean isOpen(Path file) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor, file)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Other threads open and close files meanwhile. */
    private static boolean leadsTo(Path descriptor, Path file) throws IOException {
        try {
            return Files.readSymbolicLink(descriptor).equals(file.toRealPath());
        } catch (NoSuchFileException closed) {
            return false;
        }
    }
}
