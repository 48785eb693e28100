package dolmen.runs;

import dolmen.archive.SafeFiles;
import dolmen.model.RunMark;
import dolmen.model.StepFailure.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which verified restores still have what they replaced: one file each, named by the run's mark, with its place in their order. The
 * mark itself is a time of day and tells no order, since a clock may have been wrong. Files of older versions are empty: they come
 * first, by their names.
 */
public final class SafetyCopies {
    private static final int LONGEST_PLACE = 19;

    private final Path folder;
    private final int kept;

    /** {@code kept} is how many restores, the last ones, keep what they replaced. */
    public SafetyCopies(Path state, int kept) {
        this.folder = state.resolve("safety-copies");
        this.kept = kept;
    }

    /** Remembers one, behind all others; repeatable. */
    public void add(RunMark mark) {
        SafeFiles.removeUnfinished(SafeFiles.folder(folder), "");
        if (!Files.exists(folder.resolve(mark.text()))) {
            long place = 1 + marks().stream().mapToLong(this::place).max().orElse(0);
            SafeFiles.write(folder.resolve(mark.text()), Long.toString(place).getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** The marks, in the order of their restores. */
    public List<RunMark> list() {
        return marks().stream()
                .sorted(Comparator.comparingLong(this::place).thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    private List<RunMark> marks() {
        return SafeFiles.list(folder).stream()
                .flatMap(path -> RunMark.read(path.getFileName().toString()).stream())
                .toList();
    }

    private long place(RunMark mark) {
        Path file = folder.resolve(mark.text());
        try {
            String place = SafeFiles.text(file, LONGEST_PLACE);
            return place.isEmpty() ? 0 : Long.parseLong(place);
        } catch (NoSuchFileException dropped) {
            return 0; // by a run that goes on while this one only looks
        } catch (IOException | NumberFormatException unreadable) {
            throw new Failed(
                    "cannot read " + file + ": " + unreadable.getMessage(),
                    "It holds one number, the place of that restore in their order; write it in again.",
                    unreadable);
        }
    }

    /** The last one: the only one that can be put back, since earlier ones belong to what later ones replaced. */
    public Optional<RunMark> newest() {
        List<RunMark> marks = list();
        return marks.isEmpty() ? Optional.empty() : Optional.of(marks.get(marks.size() - 1));
    }

    /** Those that may be dropped, in the order of their restores. */
    public List<RunMark> beyondPolicy() {
        List<RunMark> marks = list();
        return marks.subList(0, Math.max(0, marks.size() - kept));
    }

    /** Forgets one that was dropped. */
    public void remove(RunMark mark) {
        SafeFiles.remove(folder.resolve(mark.text()));
    }
}
