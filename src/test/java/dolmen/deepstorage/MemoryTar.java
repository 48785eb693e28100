package dolmen.deepstorage;

import dolmen.archive.TarSink;
import dolmen.archive.TarTarget;
import dolmen.model.Checksum;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** A fake of a place elsewhere that a tar goes to. */
public final class MemoryTar implements TarTarget {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean finished;

    public byte[] content() {
        return bytes.toByteArray();
    }

    public boolean finished() {
        return finished;
    }

    @Override
    public String name() {
        return "druid_shared.tar";
    }

    @Override
    public TarSink open() {
        bytes.reset();
        MessageDigest digest = Checksum.digest();
        return new TarSink() {
            @Override
            public void write(byte[] content, int offset, int length) {
                digest.update(content, offset, length);
                bytes.write(content, offset, length);
            }

            @Override
            public Checksum finish() {
                finished = true;
                return Checksum.of(digest);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }
}
