package dolmen.stack.docker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The stdout of a program in a container, between two marks that a shell around the program writes: the first one tells
 * the program's process group, the last one its exit status. A stream that was cut lacks the last mark, however clean the
 * cut; without marks a short output cannot be told from a whole one. Passes on what is between the marks.
 */
final class MarkedOutput {
    private static final String SCRIPT =
            "printf '%s %d\\n' \"$0\" $$; \"$@\"; s=$?; printf '\\n%s %03d\\n' \"$0\" $s; exit $s";
    private static final int HEAD_LIMIT = 4096;

    /** A smaller piece of output is passed on at once: it is a message, and somebody may wait for it. */
    private static final int SMALL = 256;

    private final String mark = UUID.randomUUID().toString().replace("-", "");
    private final int endLength = ("\n" + mark + " 000\n").length();
    private final OutputStream stdout;
    private final byte[] held = new byte[endLength];
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private int holding;
    private volatile Optional<Long> processGroup = Optional.empty();
    private volatile Optional<Integer> status = Optional.empty();

    MarkedOutput(OutputStream stdout) {
        this.stdout = stdout;
    }

    /** The program with the shell around it that writes the marks. */
    List<String> around(List<String> arguments) {
        List<String> wrapped = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, mark));
        wrapped.addAll(arguments);
        return wrapped;
    }

    /** Takes the next bytes of the container's stdout. */
    void accept(byte[] bytes) throws IOException {
        int from = processGroup.isPresent() ? 0 : skipFirstMark(bytes);
        if (from >= bytes.length) {
            return;
        }
        passOn(bytes, from, bytes.length - from);
        if (bytes.length < SMALL) {
            stdout.flush();
        }
        status = lastMark();
    }

    /** The exit status, once the last mark is the last thing that came. */
    Optional<Integer> status() {
        return status;
    }

    /** The id of the program's process group in its container, once the first mark came. */
    Optional<Long> processGroup() {
        return processGroup;
    }

    /** What came instead of the first mark: the engine's message when the container has no shell. */
    synchronized String head() {
        return head.toString(StandardCharsets.UTF_8).strip();
    }

    private synchronized int skipFirstMark(byte[] bytes) {
        for (int at = 0; at < bytes.length && head.size() < HEAD_LIMIT; at++) {
            head.write(bytes[at]);
            if (bytes[at] == '\n' && head.toString(StandardCharsets.UTF_8).startsWith(mark)) {
                processGroup = Optional.of(Long.valueOf(head.toString(StandardCharsets.UTF_8)
                        .substring(mark.length())
                        .strip()));
                return at + 1;
            }
        }
        return bytes.length;
    }

    private void passOn(byte[] bytes, int from, int length) throws IOException {
        int over = Math.max(0, holding + length - held.length);
        int old = Math.min(holding, over);
        stdout.write(held, 0, old);
        System.arraycopy(held, old, held, 0, holding - old);
        holding -= old;
        int direct = over - old;
        stdout.write(bytes, from, direct);
        System.arraycopy(bytes, from + direct, held, holding, length - direct);
        holding += length - direct;
    }

    private Optional<Integer> lastMark() {
        if (holding < endLength || held[0] != '\n' || held[endLength - 1] != '\n') {
            return Optional.empty();
        }
        String last = new String(held, StandardCharsets.ISO_8859_1).strip();
        return last.matches(mark + " \\d{3}")
                ? Optional.of(Integer.valueOf(last.substring(mark.length() + 1)))
                : Optional.empty();
    }
}
