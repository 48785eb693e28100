package dolmen.druid;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** One answer of a {@link FakeDruid}: what it sends, and how long it waits before it and between two bytes. */
public record Answer(
        int status, String type, byte[] body, Map<String, String> headers, Duration delay, Duration drip, Tail tail) {
    public static Answer json(String body) {
        return of(200, "application/json", body);
    }

    public static Answer html(int status, String body) {
        return of(status, "text/html;charset=iso-8859-1", body);
    }

    public static Answer of(int status, String type, String body) {
        return new Answer(
                status, type, body.getBytes(StandardCharsets.UTF_8), Map.of(), Duration.ZERO, Duration.ZERO, Tail.NONE);
    }

    /** A recorded answer of a real Druid, from the test resources. */
    public static Answer recorded(String name) {
        return json(text(name));
    }

    public static Answer redirect(String location) {
        return new Answer(307, "", new byte[0], Map.of("Location", location), Duration.ZERO, Duration.ZERO, Tail.NONE);
    }

    public Answer after(Duration delayed) {
        return new Answer(status, type, body, headers, delayed, drip, tail);
    }

    public Answer dripping(Duration pause) {
        return new Answer(status, type, body, headers, delay, pause, tail);
    }

    /** With a part after the body that is sent many times without being held, and an end. */
    public Answer followedBy(String part, int times, String end) {
        return new Answer(status, type, body, headers, delay, drip, new Tail(part, times, end));
    }

    static String text(String name) {
        try (InputStream recorded = Answer.class.getResourceAsStream("/druid/" + name)) {
            if (recorded == null) {
                throw new IllegalArgumentException("no recorded answer " + name);
            }
            return new String(recorded.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** What comes after the body, in ASCII. */
    record Tail(String part, int times, String end) {
        static final Tail NONE = new Tail("", 0, "");

        long length() {
            return (long) part.length() * times + end.length();
        }

        void write(OutputStream out) throws IOException {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            for (int time = 0; time < times; time++) {
                out.write(bytes);
            }
            out.write(end.getBytes(StandardCharsets.UTF_8));
        }
    }
}
