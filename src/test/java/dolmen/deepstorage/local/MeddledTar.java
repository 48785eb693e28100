package dolmen.deepstorage.local;

import dolmen.archive.TarSink;
import dolmen.archive.TarTarget;
import dolmen.model.Checksum;
import java.nio.file.Path;
import java.util.Optional;

/** A tar during which somebody does something, once: after the first part of the first large file was read. */
record MeddledTar(TarTarget behind, Runnable meanwhile) implements TarTarget {
    @Override
    public String name() {
        return behind.name();
    }

    @Override
    public Optional<Path> file() {
        return behind.file();
    }

    @Override
    public TarSink open() {
        TarSink sink = behind.open();
        return new TarSink() {
            private boolean done;

            @Override
            public void write(byte[] bytes, int offset, int length) {
                sink.write(bytes, offset, length);
                if (!done && length == SIP) {
                    done = true;
                    meanwhile.run();
                }
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
}
