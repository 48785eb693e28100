package dolmen.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;

/**
 * A tar whose members get other names while it is streamed: the function says the new one, or nothing to leave the member
 * out. Targets of hard links are renamed alike. Damage of the original shows while this is read.
 */
public final class RenamedTar extends InputStream {
    private final TarReader original;
    private final Function<String, Optional<String>> names;
    private final Queue<InputStream> parts = new ArrayDeque<>();
    private InputStream part = InputStream.nullInputStream();
    private boolean ended;

    public RenamedTar(TarReader original, Function<String, Optional<String>> names) {
        this.original = original;
        this.names = names;
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
        if (parts.isEmpty() && !ended) {
            nextMember();
        }
        if (parts.isEmpty()) {
            return false;
        }
        part = parts.remove();
        return true;
    }

    /** Header, content and padding of the next member; at last the end-of-archive marker. */
    private void nextMember() {
        for (Optional<TarMember> next = original.next(); next.isPresent(); next = original.next()) {
            Optional<TarMember> renamed = renamed(next.get());
            if (renamed.isPresent()) {
                parts.add(new ByteArrayInputStream(TarHeader.of(renamed.get())));
                parts.add(original.content());
                parts.add(
                        new ByteArrayInputStream(new byte[(int) (-renamed.get().size() & (TarOutput.RECORD - 1))]));
                return;
            }
        }
        ended = true;
        parts.add(new ByteArrayInputStream(new byte[2 * TarOutput.RECORD]));
    }

    private Optional<TarMember> renamed(TarMember member) {
        Optional<TarMember> renamed = names.apply(member.name()).map(member::named);
        if (member.kind() != TarMember.Kind.HARDLINK) {
            return renamed;
        }
        return renamed.map(link -> new TarMember(
                link.name(),
                link.kind(),
                0,
                link.attributes(),
                names.apply(member.link()).orElseThrow(),
                link.offset()));
    }

    @Override
    public void close() {
        original.close();
    }
}
