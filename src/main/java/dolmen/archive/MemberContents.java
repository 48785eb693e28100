package dolmen.archive;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.StepFailure;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The contents of the members that an index lists, read where they lie in the archives of several backups, each only as
 * far as it is needed. Content that is not what the index says throws {@code Damaged} at its end. For one thread.
 */
public final class MemberContents implements Closeable {
    private static final int BUFFER = 1 << 20;

    private final Function<Label, Path> archives;
    private final Map<Label, FileChannel> open = new HashMap<>();

    /** The function tells where the archive of a backup lies. */
    public MemberContents(Function<Label, Path> archives) {
        this.archives = archives;
    }

    /** The owner, mode and time that the member's header gives; the record before its content. */
    MemberAttributes attributes(Member member) {
        byte[] record = new byte[TarOutput.RECORD];
        long position = member.offset() - record.length;
        try {
            if (position < 0 || read(member, ByteBuffer.wrap(record), position) < record.length) {
                throw damaged(member);
            }
            return TarExtensions.parse(record, member.offset()).attributes();
        } catch (IllegalArgumentException noHeader) {
            throw damaged(member);
        }
    }

    /** The member's content as a stream that is compared with the member's sum when it ends. */
    InputStream open(Member member) {
        MessageDigest digest = Checksum.digest();
        return new FilterInputStream(new DigestInputStream(new Range(member), digest)) {
            private long left = member.size();
            private boolean checked;

            @Override
            public int read() throws IOException {
                byte[] single = new byte[1];
                return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int done = left == 0 ? -1 : super.read(buffer, offset, length);
                left -= Math.max(0, done);
                if (left == 0 && !checked) {
                    checked = true;
                    if (!Checksum.of(digest).equals(member.sha256())) {
                        throw damaged(member);
                    }
                }
                return done;
            }
        };
    }

    /** Reads a member from end to end; throws {@code Damaged} when it is not what the index says. */
    public void check(Member member) {
        try (InputStream content = open(member)) {
            byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, member.size()))];
            while (content.read(buffer, 0, buffer.length) >= 0) {
                // the stream compares
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a range throws only step failures", impossible);
        }
    }

    private int read(Member member, ByteBuffer target, long position) {
        Path archive = archives.apply(member.label());
        try {
            FileChannel channel = open.get(member.label());
            if (channel == null) {
                channel = FileChannel.open(archive, StandardOpenOption.READ);
                open.put(member.label(), channel);
            }
            int done = 0;
            while (target.hasRemaining()) {
                int some = channel.read(target, position + done);
                if (some < 0) {
                    break;
                }
                done += some;
            }
            return done;
        } catch (IOException unreadable) {
            throw FileFailures.reading(archive, unreadable);
        }
    }

    private StepFailure damaged(Member member) {
        return new StepFailure.Damaged(
                "the archive " + archives.apply(member.label()) + " does not hold " + member.path() + " as "
                        + Artifact.SEGMENT_INDEX + " says",
                "Use another copy of this archive, or another backup; `dolmen verify` tells which are whole.");
    }

    @Override
    public void close() {
        open.forEach((label, channel) -> {
            try {
                channel.close();
            } catch (IOException refused) {
                throw FileFailures.reading(archives.apply(label), refused);
            }
        });
        open.clear();
    }

    /** The bytes of one member. */
    private final class Range extends InputStream {
        private final Member member;
        private long done;

        private Range(Member member) {
            this.member = member;
        }

        @Override
        public int read() {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            int wanted = (int) Math.min(length, member.size() - done);
            if (wanted == 0) {
                return length == 0 ? 0 : -1;
            }
            if (MemberContents.this.read(member, ByteBuffer.wrap(buffer, offset, wanted), member.offset() + done)
                    < wanted) {
                throw damaged(member);
            }
            done += wanted;
            return wanted;
        }
    }
}
