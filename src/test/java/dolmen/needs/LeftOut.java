package dolmen.needs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a test run left out: each process of it keeps its notes in one file of the folder, and at the end they are summed
 * up. Only what {@link Need} names may be left out.
 */
public final class LeftOut {
    private static final String RAN = "";

    private final Path folder;

    LeftOut(Path folder) {
        this.folder = folder;
    }

    /** Prints the list and keeps it beside the folder; fails when something was left out for no known need. */
    public static void main(String... folder) throws IOException {
        Path notes = Path.of(folder[0]);
        if (!Files.isDirectory(notes)) {
            return;
        }
        LeftOut leftOut = new LeftOut(notes);
        String list = leftOut.list();
        System.out.print(list);
        Files.writeString(notes.resolveSibling(notes.getFileName() + ".txt"), list);
        leftOut.checkReasons();
    }

    void ran(long tests) throws IOException {
        note(tests, RAN, "");
    }

    void leftOut(long tests, String reason, String what) throws IOException {
        note(tests, reason, what);
    }

    /** The list that a person reads. */
    String list() throws IOException {
        long ran = 0;
        Map<String, Long> reasons = new TreeMap<>();
        for (Note note : notes()) {
            if (note.reason.equals(RAN)) {
                ran += note.tests;
            } else {
                reasons.merge(note.reason, note.tests, Long::sum);
            }
        }
        long out = reasons.values().stream().mapToLong(Long::longValue).sum();
        StringBuilder list = new StringBuilder(String.format("%n%d tests were run, ", ran));
        list.append(String.format(out == 0 ? "nothing was left out%n" : "%d were left out:%n", out));
        reasons.forEach((reason, tests) -> list.append(String.format("%6d  %s%n", tests, reason)));
        return list.append(System.lineSeparator()).toString();
    }

    /** Throws when something was left out for another reason than a need. */
    void checkReasons() throws IOException {
        List<String> known = Arrays.stream(Need.values()).map(Need::reason).toList();
        List<String> others = notes().stream()
                .filter(note -> !note.reason.equals(RAN) && !known.contains(note.reason))
                .map(note -> note.what + ": " + note.reason)
                .toList();
        if (!others.isEmpty()) {
            throw new IllegalStateException(
                    "left out for a reason that dolmen.needs.Need does not name: " + String.join("; ", others));
        }
    }

    private record Note(long tests, String reason, String what) {}

    private void note(long tests, String reason, String what) throws IOException {
        Files.createDirectories(folder);
        String line = tests + "\t" + reason.replaceAll("\\s+", " ") + "\t" + what.replaceAll("\\s+", " ");
        Files.writeString(
                folder.resolve(Long.toString(ProcessHandle.current().pid())),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private List<Note> notes() throws IOException {
        List<Note> notes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file)) {
                    String[] parts = line.split("\t", -1);
                    notes.add(new Note(Long.parseLong(parts[0]), parts[1], parts[2]));
                }
            }
        }
        return notes;
    }
}
