package dolmen.stack.docker;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The text of one small file out of a container, which the engine sends as a tar. */
final class SmallFile {
    private static final int LARGEST = 1 << 20;

    private SmallFile() {}

    /** Empty when there is no file. Throws {@code Unavailable} when the stream breaks. */
    static Optional<String> text(String what, Supplier<InputStream> archive) {
        try (InputStream in = archive.get();
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            TarArchiveEntry entry = tar.getNextEntry();
            return entry == null || !entry.isFile()
                    ? Optional.empty()
                    : Optional.of(new String(tar.readNBytes(LARGEST), StandardCharsets.UTF_8));
        } catch (StepFailure failure) {
            if (failure.getCause() instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw failure;
        } catch (IOException broken) {
            throw new StepFailure.Unavailable(
                    "cannot read " + what + ": " + broken.getMessage(), "Is the stack's machine reachable?", broken);
        }
    }
}
