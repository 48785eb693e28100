package dolmen.archive;

import java.nio.file.Path;
import java.util.Optional;

/** A tar that can be read again and again: a file, or one that is composed while it is read. */
public interface TarFile {
    /** What messages call it. */
    String name();

    /** Reads it from its beginning; whether its own sum is taken is not said. */
    TarReader open();

    /** The file that has all of it, if there is one. */
    Optional<Path> file();

    /** A tar that is one file. */
    static TarFile of(Path tar) {
        return new TarFile() {
            @Override
            public String name() {
                return tar.getFileName().toString();
            }

            @Override
            public TarReader open() {
                return TarReader.openUnhashed(tar);
            }

            @Override
            public Optional<Path> file() {
                return Optional.of(tar);
            }
        };
    }
}
