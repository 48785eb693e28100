package dolmen.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import dolmen.model.Json;
import dolmen.model.NewerFormat;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;

/** A list in a JSON file of the state folder, for its owner alone. It is written whole and is on disk when {@link #write} returns. */
final class LedgerFile<T> {
    private final Path file;
    private final String what;
    private final String remedy;
    private final TypeReference<List<T>> type;

    /** {@code what} names the ledger in failures, {@code remedy} says what to do by hand where it cannot be read. */
    LedgerFile(Path file, TypeReference<List<T>> type, String what, String remedy) {
        this.file = file;
        this.type = type;
        this.what = what;
        this.remedy = remedy;
    }

    /** The list; empty when there is no file. Throws {@code Failed} when it cannot be read. */
    List<T> read() {
        try {
            return Files.exists(file) ? Json.MAPPER.readValue(file.toFile(), type) : List.of();
        } catch (IOException unreadable) {
            throw new StepFailure.Failed(
                    "cannot read " + what + " " + file + ": "
                            + NewerFormat.in(unreadable).orElseGet(unreadable::getMessage),
                    NewerFormat.in(unreadable).isPresent() ? NewerFormat.HINT : remedy,
                    unreadable);
        }
    }

    /** Removes the unfinished file of a process that was killed while it wrote. */
    void removeUnfinished() {
        try {
            Files.deleteIfExists(part());
        } catch (IOException stays) {
            throw new StepFailure.Failed(
                    "cannot remove " + part() + ": " + stays.getMessage(),
                    "Does the folder belong to somebody else?",
                    stays);
        }
    }

    private Path part() {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    /** Replaces the list. Throws {@code Failed} when it cannot be written; the list before it stays then. */
    void write(List<T> entries) {
        Path part = part();
        try {
            Files.deleteIfExists(part);
            try (FileChannel channel = FileChannel.open(
                    part,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(Json.MAPPER.writeValueAsBytes(entries));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } catch (IOException unwritable) {
            throw new StepFailure.Failed(
                    "cannot write " + what + " " + file + ": " + unwritable.getMessage(),
                    "Nothing was changed. Is the disk full, or does the folder belong to somebody else?",
                    unwritable);
        }
    }
}
