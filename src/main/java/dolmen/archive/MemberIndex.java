package dolmen.archive;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dolmen.model.Artifact;
import dolmen.model.IndexedSegment;
import dolmen.model.Json;
import dolmen.model.Member;
import dolmen.model.NewerFormat;
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

/**
 * The index of a backup, {@code segments.jsonl.gz}, written and read line by line: one JSON line for each {@link Member}, then
 * one for each used segment (format 1 has none).
 */
public final class MemberIndex {
    private static final ObjectWriter WRITER = Json.MAPPER.writerFor(Member.class);
    private static final ObjectReader READER =
            Json.MAPPER.readerFor(Member.class).with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    private static final ObjectWriter SEGMENT_WRITER = Json.MAPPER.writerFor(IndexedSegment.class);
    private static final ObjectReader SEGMENT_READER =
            Json.MAPPER.readerFor(IndexedSegment.class).with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    /** Only the line of a segment contains this: a quotation mark inside a text is escaped. */
    private static final String IS_SEGMENT = "\"segment\":";

    private MemberIndex() {}

    /** Hands out every member. Throws {@code Damaged}, with the number of the line, for a cut file or a line that is neither kind. */
    public static void read(Path file, Consumer<Member> members) {
        read(file, members, segment -> {});
    }

    /** Hands out every used segment. Throws as {@link #read(Path, Consumer)} does. */
    public static void segments(Path file, Consumer<IndexedSegment> segments) {
        read(file, member -> {}, segments);
    }

    private static void read(Path file, Consumer<Member> members, Consumer<IndexedSegment> segments) {
        try (Reader reader = open(file, segments)) {
            for (Optional<Member> next = reader.next(); next.isPresent(); next = reader.next()) {
                members.accept(next.get());
            }
        }
    }

    /** Opens an index, to take one member after the other. */
    public static Reader open(Path file) {
        return open(file, segment -> {});
    }

    private static Reader open(Path file, Consumer<IndexedSegment> segments) {
        try {
            return new Reader(file, Files.newInputStream(file), segments);
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
    }

    /** Hands out the members of one index. Throws as {@link MemberIndex#read} does. */
    public static final class Reader implements Closeable {
        private final Path file;
        private final InputStream stream;
        private BufferedReader lines;
        private final Consumer<IndexedSegment> segments;
        private boolean segmentsBegan;
        private long number;

        private Reader(Path file, InputStream stream, Consumer<IndexedSegment> segments) {
            this.file = file;
            this.stream = stream;
            this.segments = segments;
        }

        /** The next member; empty at the end. */
        public Optional<Member> next() {
            try {
                if (lines == null) {
                    lines = new BufferedReader(new InputStreamReader(
                            new ShortLines(new GZIPInputStream(stream, 1 << 16)), StandardCharsets.UTF_8));
                }
                return nextMember();
            } catch (JsonProcessingException | EOFException | ZipException damaged) {
                throw new StepFailure.Damaged(
                        NewerFormat.in(damaged)
                                .map(why -> "cannot read " + file + ": " + why)
                                .orElse(file + " is damaged near line " + number),
                        NewerFormat.in(damaged).isPresent()
                                ? NewerFormat.HINT
                                : "Use another copy of this backup, or another backup.",
                        damaged);
            } catch (IOException unreadable) {
                throw FileFailures.reading(file, unreadable);
            }
        }

        private Optional<Member> nextMember() throws IOException {
            for (String line = line(); line != null; line = line()) {
                if (!line.contains(IS_SEGMENT)) {
                    return Optional.of(member(line, segmentsBegan));
                }
                segmentsBegan = true;
                segments.accept(segment(line));
            }
            return Optional.empty();
        }

        private String line() throws IOException {
            number++;
            return lines.readLine();
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

    private static IndexedSegment segment(String line) throws JsonProcessingException {
        IndexedSegment segment = SEGMENT_READER.readValue(line);
        if (segment == null) {
            throw new JsonParseException(null, "no segment");
        }
        return segment;
    }

    private static Member member(String line, boolean misplaced) throws JsonProcessingException {
        Member member = READER.readValue(line);
        if (misplaced
                || member == null
                || member.path().isEmpty()
                || !MemberNames.plain(member.path()).equals(Optional.of(member.path()))
                || member.size() < 0
                || member.offset() < 0) {
            throw new JsonParseException(null, "no member");
        }
        return member;
    }

    /** Begins an index, which gets its name in {@link Writer#finish()}; closed before that it is removed. */
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
            write(WRITER, member);
        }

        /** Takes a used segment; they come behind all members. */
        public void acceptSegment(IndexedSegment segment) {
            write(SEGMENT_WRITER, segment);
        }

        private void write(ObjectWriter writer, Object value) {
            try {
                lines.write(writer.writeValueAsString(value));
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
