package dolmen.archive;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dolmen.model.Artifact;
import dolmen.model.Json;
import dolmen.model.Member;
import dolmen.model.Newer;
import dolmen.model.StepFailure;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** The index of an archive, {@code segments.jsonl.gz}: one JSON line for each {@link Member}, written and read line by line. */
public final class MemberIndex {
    private static final ObjectWriter WRITER = Json.MAPPER.writerFor(Member.class);
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(Member.class).with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private MemberIndex() {}

    /** Hands out every member. Throws {@code Damaged} for a cut file or a line that is no member, with its number. */
    public static void read(Path file, Consumer<Member> members) {
        try (Reader reader = open(file)) {
            for (Optional<Member> next = reader.next(); next.isPresent(); next = reader.next()) {
                members.accept(next.get());
            }
        }
    }

    /** Opens an index, to take one member after the other. */
    public static Reader open(Path file) {
        try {
            return new Reader(file, Files.newInputStream(file));
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
    }

    /** Hands out the members of one index. Throws as {@link MemberIndex#read} does. */
    public static final class Reader implements Closeable {
        private final Path file;
        private final InputStream stream;
        private BufferedReader lines;
        private long number;

        private Reader(Path file, InputStream stream) {
            this.file = file;
            this.stream = stream;
        }

        /** The next member; empty at the end. */
        public Optional<Member> next() {
            try {
                if (lines == null) {
                    lines = new BufferedReader(new InputStreamReader(
                            new ShortLines(new GZIPInputStream(stream, 1 << 16)), StandardCharsets.UTF_8));
                }
                String line = lines.readLine();
                number++;
                return line == null ? Optional.empty() : Optional.of(member(line));
            } catch (JsonProcessingException | EOFException | ZipException damaged) {
                throw new StepFailure.Damaged(
                        Newer.in(damaged)
                                .map(why -> "cannot read " + file + ": " + why)
                                .orElse(file + " is damaged near line " + number),
                        Newer.in(damaged).isPresent()
                                ? Newer.HINT
                                : "Use another copy of this backup, or another backup.",
                        damaged);
            } catch (IOException unreadable) {
                throw FileFailures.reading(file, unreadable);
            }
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException refused) {
                throw FileFailures.reading(file, refused);
            }
        }
    }

    private static Member member(String line) throws JsonProcessingException {
        Member member = READER.readValue(line);
        if (member == null
                || member.path().isEmpty()
                || !MemberNames.plain(member.path()).equals(Optional.of(member.path()))
                || member.size() < 0
                || member.offset() < 0) {
            throw new JsonParseException(null, "no member");
        }
        return member;
    }

    /** Begins an index; it has its name when {@link Writer#finish()} has returned. */
    public static Writer create(Path target) {
        try {
            return new Writer(target);
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
    }

    /** Takes the members of one index. */
    public static final class Writer implements Consumer<Member>, Closeable {
        private final Path target;
        private final PartFile file;
        private final GZIPOutputStream packed;
        private final BufferedWriter lines;

        private Writer(Path target) throws IOException {
            this.target = target;
            this.file = PartFile.create(target);
            this.packed = new GZIPOutputStream(file.stream(), 1 << 16);
            this.lines = new BufferedWriter(new OutputStreamWriter(packed, StandardCharsets.UTF_8), 1 << 16);
        }

        @Override
        public void accept(Member member) {
            try {
                lines.write(WRITER.writeValueAsString(member));
                lines.write('\n');
            } catch (IOException refused) {
                throw FileFailures.writing(target, refused);
            }
        }

        /** Syncs the index and gives it its name. */
        public Artifact finish() {
            try {
                lines.flush();
                packed.finish();
                file.publish();
            } catch (IOException refused) {
                throw FileFailures.writing(target, refused);
            }
            return Digests.artifact(target);
        }

        @Override
        public void close() {
            try {
                file.close();
            } catch (IOException refused) {
                throw FileFailures.writing(target, refused);
            }
        }
    }
}
