package dolmen.archive;

import dolmen.model.Checksum;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Takes the bytes of one tar in their order. The tar is there under its name when {@link #finish} has returned; closing
 * before that leaves nothing of it. Every method throws a {@code StepFailure} of its own. For one calling thread.
 */
public interface TarSink extends Closeable {
    /** What is read at a time, so that it is still in the processor's cache when it is hashed. */
    int SIP = 256 << 10;

    /** Takes a copy of these bytes. */
    void write(byte[] bytes, int offset, int length);

    /** Takes at most that many bytes from the channel of a file and adds them to the digest; -1 at its end. */
    default int transfer(FileChannel source, Path name, long limit, MessageDigest digest) {
        byte[] sip = new byte[(int) Math.min(limit, SIP)];
        try {
            int length = source.read(ByteBuffer.wrap(sip));
            if (length > 0) {
                digest.update(sip, 0, length);
                write(sip, 0, length);
            }
            return length;
        } catch (IOException unreadable) {
            throw FileFailures.reading(name, unreadable);
        }
    }

    /** Makes what was written last, gives it its name, and returns the SHA-256 of the whole. */
    Checksum finish();

    @Override
    void close();
}
