package dolmen.database.postgres;

import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one dump: written to a {@code .part} beside its final name (0600), synced, read back, and renamed only when it
 * is whole. Whatever fails, no part is left and a file of the final name stays what it was.
 */
final class DumpFile {
    private static final Logger LOG = LoggerFactory.getLogger(DumpFile.class);

    private final Path file;
    private final Path part;
    private final Meter meter;

    DumpFile(Path file, Meter meter) {
        this.file = file;
        this.meter = meter;
        this.part = file.resolveSibling(file.getFileName() + ".part");
    }

    /** Makes the dump by a program that writes it to the stream; {@code warnings} gets one line where the program warned of anything. */
    DumpSummary write(DumpProfile profile, Function<OutputStream, Outcome> program, Consumer<String> warnings) {
        try {
            Files.deleteIfExists(part);
            try {
                Outcome outcome = fill(program);
                judge(outcome, warnings);
                meter.expect(PostgresDatabase.DUMP_PASSES * Files.size(part));
                DumpSummary summary = DumpReader.read(part, profile, meter);
                publish();
                return summary;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException unwritable) {
            throw new StepFailure.Failed(
                    "cannot write " + file + ": " + unwritable,
                    "See whether the disk has room and the folder may be written.",
                    unwritable);
        }
    }

    private Outcome fill(Function<OutputStream, Outcome> program) throws IOException {
        try (FileChannel channel = create();
                OutputStream out = Channels.newOutputStream(channel)) {
            Outcome outcome = program.apply(meter.writing(out));
            out.flush();
            channel.force(true);
            return outcome;
        }
    }

    private FileChannel create() throws IOException {
        return FileChannel.open(
                part,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static void judge(Outcome outcome, Consumer<String> warnings) {
        if (!outcome.succeeded()) {
            throw ClientFailure.of("cannot dump the database", outcome);
        }
        List<String> lines =
                outcome.stderr().lines().filter(line -> !line.isBlank()).toList();
        lines.forEach(line -> LOG.warn("pg_dump warned: {}", line));
        if (!lines.isEmpty()) {
            warnings.accept("pg_dump gave " + lines.size() + " lines of warnings, the first: " + lines.get(0));
        }
    }

    private void publish() throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
