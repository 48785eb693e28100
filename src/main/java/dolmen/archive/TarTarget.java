package dolmen.archive;

import dolmen.model.Meter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where a tar goes while it is made: to a file of this machine, or elsewhere. It can be begun again and again. */
public interface TarTarget {
    /** What the manifest calls it. */
    String name();

    /** Begins it; the caller closes the sink. */
    TarSink open();

    /** The file that it becomes, if it becomes one. */
    Optional<Path> file();

    /** This target, which takes at most so many bytes a second; 0: as many as come. */
    default TarTarget limited(long bytesPerSecond) {
        return bytesPerSecond == 0 ? this : through(sink -> new PacedSink(sink, bytesPerSecond));
    }

    /** This tar, whose bytes are counted as the sink takes them. */
    default TarTarget counted(Meter meter) {
        return through(sink -> new CountedSink(sink, meter));
    }

    private TarTarget through(UnaryOperator<TarSink> before) {
        TarTarget behind = this;
        return new TarTarget() {
            @Override
            public String name() {
                return behind.name();
            }

            @Override
            public TarSink open() {
                return before.apply(behind.open());
            }

            @Override
            public Optional<Path> file() {
                return behind.file();
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
