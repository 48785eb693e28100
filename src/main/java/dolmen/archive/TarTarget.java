package dolmen.archive;

import java.nio.file.Path;
import java.util.Optional;

/** Where a tar goes while it is made: to a file of this machine, or elsewhere. It can be begun again and again. */
public interface TarTarget {
    /** What the manifest calls it. */
    String name();

    /** Begins it; the caller closes the sink. */
    TarSink open();

    /** The file that it becomes, if it becomes one. */
    Optional<Path> file();

    /** The same, taking at most so many bytes a second; 0: as many as come. */
    default TarTarget limited(long bytesPerSecond) {
        if (bytesPerSecond == 0) {
            return this;
        }
        TarTarget whole = this;
        return new TarTarget() {
            @Override
            public String name() {
                return whole.name();
            }

            @Override
            public TarSink open() {
                return new PacedSink(whole.open(), bytesPerSecond);
            }

            @Override
            public Optional<Path> file() {
                return whole.file();
            }
        };
    }

    /** A tar that becomes a file of this machine. */
    static TarTarget of(Path file) {
        return new TarTarget() {
            @Override
            public String name() {
                return file.getFileName().toString();
            }

            @Override
            public TarSink open() {
                return FileSink.create(file);
            }

            @Override
            public Optional<Path> file() {
                return Optional.of(file);
            }
        };
    }
}
