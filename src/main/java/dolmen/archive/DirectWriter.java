package dolmen.archive;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a file from its beginning to its end, past the page cache where the file system can do that: what is written is
 * on its way to the disk at once, costs no second copy, and pushes nothing of the stack's own files out of memory.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/open.2.html">open(2), O_DIRECT: buffers, lengths and offsets are
 *     multiples of the block size</a>
 */
final class DirectWriter implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectWriter.class);

    private final FileChannel cached;
    private final int block;
    private FileChannel direct;
    private long position;

    DirectWriter(PartFile file) throws IOException {
        this.cached = file.channel();
        this.block = (int) Files.getFileStore(file.part()).getBlockSize();
        this.direct = open(file.part());
    }

    /** Null where the file system has no such access, as tmpfs. */
    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
        } catch (IOException | UnsupportedOperationException unsupported) {
            LOG.debug("{} is written through the page cache: {}", file, unsupported.toString());
            return null;
        }
    }

    /** Memory that can be written without another copy; its size must be a multiple of every usual block size. */
    ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size + block).alignedSlice(block).slice(0, size);
    }

    /** Writes all of it; the last piece of the file may have any length. */
    void write(ByteBuffer piece) throws IOException {
        if (direct != null && piece.remaining() % block == 0) {
            writeDirect(piece);
        }
        while (piece.hasRemaining()) {
            position += cached.write(piece, position);
        }
    }

    /** What cannot be written here is tried through the page cache, which says what is wrong, if anything is. */
    private void writeDirect(ByteBuffer piece) throws IOException {
        try {
            while (piece.hasRemaining()) {
                position += direct.write(piece, position);
            }
        } catch (IOException refused) {
            LOG.debug("goes on through the page cache: {}", refused.toString());
            direct.close();
            direct = null;
        }
    }

    @Override
    public void close() throws IOException {
        if (direct != null) {
            direct.close();
        }
    }
}
