package dolmen.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

/** A tar that is made while it is read, one member after the other: headers, contents and paddings in their order. */
abstract class TarParts extends InputStream {
    private final Queue<InputStream> parts = new ArrayDeque<>();
    private InputStream part = InputStream.nullInputStream();
    private boolean ended;

    /** Adds a member by the methods below; false when there is none any more. */
    abstract boolean addMember();

    void addHeader(TarMember member) {
        parts.add(new ByteArrayInputStream(TarHeader.of(member)));
    }

    /** Content of this many bytes, with its padding. */
    void addContent(InputStream content, long size) {
        parts.add(content);
        parts.add(new ByteArrayInputStream(new byte[(int) (-size & (TarOutput.RECORD - 1))]));
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        int done = length == 0 ? 0 : part.read(buffer, offset, length);
        while (done < 0) {
            if (!advance()) {
                return -1;
            }
            done = part.read(buffer, offset, length);
        }
        return done;
    }

    private boolean advance() {
        if (parts.isEmpty() && !ended && !addMember()) {
            ended = true;
            parts.add(new ByteArrayInputStream(new byte[2 * TarOutput.RECORD]));
        }
        if (parts.isEmpty()) {
            return false;
        }
        part = parts.remove();
        return true;
    }
}
