package dolmen.archive;

import dolmen.model.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A tar that can be read again and again: a file, or one that is composed while it is read. */
public interface TarFile {
    /** What messages call it. */
    String name();

    /** Its bytes from the beginning; the caller closes the stream. */
    InputStream stream();

    /** Reads it member by member, without its sum. */
    default TarReader open() {
        return TarReader.ofUnhashed(name(), stream());
    }

    /** The file that has all of it, if there is one. */
    Optional<Path> file();

    /** This tar, whose bytes are counted as they are read. */
    default TarFile counted(Meter meter) {
        TarFile plain = this;
        return new TarFile() {
            @Override
            public String name() {
                return plain.name();
            }

            @Override
            public InputStream stream() {
                return meter.reading(plain.stream());
            }

            @Override
            public Optional<Path> file() {
                return plain.file();
            }
        };
    }

    /** A tar that is one file. */
    static TarFile of(Path tar) {
        return new TarFile() {
            @Override
            public String name() {
                return tar.getFileName().toString();
            }

            @Override
            public InputStream stream() {
                try {
                    return Files.newInputStream(tar);
                } catch (IOException unreadable) {
                    throw FileFailures.reading(tar, unreadable);
                }
            }

            @Override
            public Optional<Path> file() {
                return Optional.of(tar);
            }
        };
    }
}
