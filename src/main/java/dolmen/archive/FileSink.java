package dolmen.archive;

import dolmen.model.Checksum;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A tar that becomes a file of this machine, mode 0600; it has its name only when it is whole and synced. */
final class FileSink implements TarSink {
    private final Path target;
    private final PartFile file;
    private final WriteBehind out;

    private FileSink(Path target) throws IOException {
        this.target = target;
        this.file = PartFile.create(target);
        this.out = writer(file);
    }

    private static WriteBehind writer(PartFile file) throws IOException {
        try {
            return new WriteBehind(file);
        } catch (IOException refused) {
            file.close();
            throw refused;
        }
    }

    /** Throws when the file cannot be made. */
    static FileSink create(Path target) {
        try {
            return new FileSink(target);
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
    }

    @Override
    public int transfer(FileChannel source, Path name, long limit, MessageDigest digest) {
        try {
            return out.transfer(source, limit, digest);
        } catch (ReadFailure unreadable) {
            throw FileFailures.reading(name, unreadable.failure());
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
    }

    @Override
    public Checksum finish() {
        try {
            Checksum sha256 = out.finish();
            file.publish();
            return sha256;
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
    }

    @Override
    public void close() {
        try {
            closeBoth();
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
    }

    private void closeBoth() throws IOException {
        try {
            out.close();
        } finally {
            file.close();
        }
    }
}
