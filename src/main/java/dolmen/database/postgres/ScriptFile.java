package dolmen.database.postgres;

import dolmen.model.Size;
import dolmen.model.StepFailure;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A script for psql that lies in a file (0600) of this Dolmen's own folder until it is closed. */
public final class ScriptFile implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final Path file;

    private ScriptFile(Path file) {
        this.file = file;
    }

    /** Writes it. */
    @FunctionalInterface
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Throws {@code Refused} when the folder has no room for so many bytes, of which it may need fewer. */
    public static ScriptFile of(Path folder, long bytes, Content content) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < bytes) {
            throw new StepFailure.Refused(
                    folder + " has " + Size.words(free) + " free, a script for psql needs up to " + Size.words(bytes),
                    "Make room there, or set dolmen.state.path; nothing was changed.");
        }
        ScriptFile script = new ScriptFile(Files.createTempFile(folder, "dolmen-", ".sql"));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(script.file), BUFFER)) {
            content.write(out);
        } catch (IOException | RuntimeException failed) {
            script.close();
            throw failed;
        }
        return script;
    }

    public Path path() {
        return file;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
