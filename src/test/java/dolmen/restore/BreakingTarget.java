package dolmen.restore;

import dolmen.archive.TarSink;
import dolmen.archive.TarTarget;
import dolmen.model.Checksum;
import java.nio.file.Path;
import java.util.Optional;

/** A fake of a source that breaks after so many bytes: what is written behind it comes to no end. */
public record BreakingTarget(TarTarget target, long bytes) implements TarTarget {
    @Override
    public String name() {
        return target.name();
    }

    @Override
    public TarSink open() {
        TarSink sink = target.open();
        return new TarSink() {
            private long written;

            @Override
            public void write(byte[] content, int offset, int length) {
                written += length;
                if (written > bytes) {
                    throw new IllegalStateException("the source broke");
                }
                sink.write(content, offset, length);
            }

            @Override
            public Checksum finish() {
                return sink.finish();
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    @Override
    public Optional<Path> file() {
        return target.file();
    }
}
