package dolmen.progress;

import dolmen.model.Size;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far a step is at one time: bytes done and in all, bytes a second (0 when not known), the time that is left and the time since its start. */
public record StepProgress(
        String step, long done, OptionalLong total, long perSecond, Optional<Duration> left, Duration elapsed) {
    private static final int WIDEST = 20;
    private static final int NARROWEST = 5;

    /** Columns that are needed around the bar, with the last one, which stays empty. */
    private static final int FRAME = 6;

    /** For another process, which knows only when the step began: its rate is the mean since then. */
    public static StepProgress mean(String step, long done, OptionalLong total, Duration elapsed) {
        Speed speed = new Speed();
        speed.at(0, 0);
        speed.at(elapsed.toNanos(), done);
        return of(step, done, total, speed, elapsed);
    }

    static StepProgress of(String step, long done, OptionalLong total, Speed speed, Duration elapsed) {
        Optional<Duration> left = total.isPresent() ? speed.left(total.getAsLong() - done) : Optional.empty();
        return new StepProgress(step, done, total, speed.perSecond(), left, elapsed);
    }

    /** {@code archive-segments: 1.4 GB of 3.4 GB, 41 %, 85.1 MB/s, 0:24 left}. */
    public String words() {
        return step + ": "
                + joined(", ", Stream.of(amount(), percent().map(part -> part + " %"), rate(), Optional.of(time())));
    }

    /** On one line of so many columns, with as much of a bar as has room, where the end is known. */
    String bar(int columns) {
        String rest =
                joined("  ", Stream.of(percent().map(part -> part + " %"), amount(), rate(), Optional.of(time())));
        int room = Math.min(WIDEST, columns - step.length() - rest.length() - FRAME);
        String drawn =
                percent().isPresent() && room >= NARROWEST ? drawn(percent().get(), room) : "";
        String line = step + "  " + drawn + rest;
        return line.substring(0, Math.min(line.length(), columns - 1));
    }

    private static String joined(String between, Stream<Optional<String>> parts) {
        return parts.flatMap(Optional::stream).collect(Collectors.joining(between));
    }

    private static String drawn(int percent, int width) {
        int full = percent * width / 100;
        return "[" + "#".repeat(full) + ".".repeat(width - full) + "] ";
    }

    private Optional<String> amount() {
        if (done == 0 && total.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(size(done) + (total.isEmpty() ? "" : " of " + size(total.getAsLong())));
    }

    /** Rounded down, so that only all of it is 100. */
    private Optional<Integer> percent() {
        return total.isEmpty() || total.getAsLong() <= 0
                ? Optional.empty()
                : Optional.of((int) Math.max(0, Math.min(100, Math.floor(100.0 * done / total.getAsLong()))));
    }

    private Optional<String> rate() {
        return perSecond == 0 ? Optional.empty() : Optional.of(size(perSecond) + "/s");
    }

    /** With kB, unlike {@link Size#words}: full numbers of bytes would be hard to read while they change. */
    private static String size(long bytes) {
        return bytes < 1000 || bytes >= 1_000_000 ? Size.words(bytes) : bytes / 1000 + " kB";
    }

    private String time() {
        return left.map(rest -> clock(rest) + " left").orElseGet(() -> "for " + clock(elapsed));
    }

    /** {@code 0:07}, {@code 12:34}, {@code 1:02:03}. */
    static String clock(Duration time) {
        return time.toHours() == 0
                ? String.format("%d:%02d", time.toMinutesPart(), time.toSecondsPart())
                : String.format("%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }
}
