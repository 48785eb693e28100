package dolmen.app;

import dolmen.archive.SafeFiles;
import dolmen.model.Checksum;
import dolmen.model.StepFailure.Failed;
import dolmen.runs.RunLock;
import dolmen.stack.Mark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.UUID;

/**
 * The mark of the Dolmen that owns a state folder: a random word, which its first run writes to {@code state/id}, so that two
 * whose state folders have the same path, on two machines or in two containers, have different marks.
 */
final class OwnMark {
    private static final int LENGTH = 12;

    private OwnMark() {}

    /** Nothing is read or written before it is needed. */
    public static Mark of(Path state) {
        return new Mark(
                () -> owner(state), () -> RunLock.isHeldHere(state), () -> SafeFiles.folder(state.resolve("scratch")));
    }

    /** Only a process that holds the run lock writes the word; before the first run a hash of the path stands for it. */
    private static String owner(Path state) {
        Path file = state.resolve("id");
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
        } catch (IOException unreadable) {
            throw new Failed(
                    "cannot read " + file + ": " + unreadable.getMessage(),
                    "Check that the folder belongs to the user that runs Dolmen.",
                    unreadable);
        }
        if (!RunLock.isHeldHere(state)) {
            return byPath(state);
        }
        String drawn = UUID.randomUUID().toString().replace("-", "").substring(0, LENGTH);
        SafeFiles.write(file, (drawn + "\n").getBytes(StandardCharsets.UTF_8));
        return drawn;
    }

    private static String byPath(Path state) {
        MessageDigest digest = Checksum.digest();
        digest.update(state.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8));
        return Checksum.of(digest).sha256().substring(0, LENGTH);
    }
}
