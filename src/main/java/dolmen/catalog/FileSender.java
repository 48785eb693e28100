package dolmen.catalog;

import dolmen.model.Meter;
import java.nio.file.Path;

/**
 * The way to a place for plain copies. Throws {@code Unavailable} when the place does not answer, which may pass, and
 * {@code Failed} when it refuses; no message holds a secret.
 */
@FunctionalInterface
public interface FileSender {
    /** Sends a file, over one that is there, under this relative path; its bytes are counted, at the latest at its end. */
    void send(Path file, String name, Meter meter);
}
