package dolmen.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.BackupState;
import dolmen.model.Json;
import dolmen.model.NewerFormat;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found out about a published backup later: {@code verdicts.jsonl} in its folder, a line a verdict, appended and
 * synced. A line that is cut off at the end counts as not written.
 */
public final class Verdicts {
    private static final int LARGEST = 16 << 20;

    private Verdicts() {}

    /** The verdicts in a backup's folder, oldest first; throws {@link Damaged} when a line cannot be read. */
    public static List<Verdict> in(Path folder) {
        return of(lines(folder), folder.resolve(Artifact.VERDICTS).toString());
    }

    /** Whether a backup can be trusted, by its manifest and by what lies beside it. */
    public static BackupState stateOf(BackupContents backup) {
        return BackupState.of(backup.manifest(), in(backup.folder()));
    }

    /** From a file's text; {@code name} is how a person calls the file. */
    public static List<Verdict> of(String lines, String name) {
        List<Verdict> verdicts = new ArrayList<>();
        for (String line : whole(lines).split("\n")) {
            if (!line.isBlank()) {
                verdicts.add(verdict(line, name));
            }
        }
        return verdicts;
    }

    private static Verdict verdict(String line, String name) {
        try {
            Verdict verdict = Json.MAPPER.readValue(line, Verdict.class);
            if (verdict == null) {
                throw new IllegalArgumentException("it holds nothing");
            }
            return verdict;
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            throw new Damaged(
                    "cannot read " + name
                            + NewerFormat.in(unreadable).map(why -> ": " + why).orElse(""),
                    NewerFormat.in(unreadable).isPresent() ? NewerFormat.HINT : "Use another backup.",
                    unreadable);
        }
    }

    /** Appends a verdict, unless the last one of its kind says the same; on disk when this returns. */
    public static synchronized void add(Path folder, Verdict verdict) {
        Path file = folder.resolve(Artifact.VERDICTS);
        String before = lines(folder);
        String lines = whole(before);
        String added = with(verdict, lines, file.toString()).substring(lines.length());
        if (added.isEmpty()) {
            return;
        }
        if (!lines.equals(before)) {
            SafeFiles.cut(file, bytes(lines).length);
        }
        SafeFiles.append(file, bytes(added));
    }

    /** The whole lines of a file with one verdict more, unless the last one of its kind says the same. */
    public static String with(Verdict verdict, String lines, String name) {
        List<Verdict> ofKind = of(lines, name).stream()
                .filter(earlier -> earlier.kind() == verdict.kind())
                .toList();
        if (!ofKind.isEmpty() && ofKind.get(ofKind.size() - 1).saysTheSameAs(verdict)) {
            return whole(lines);
        }
        try {
            return whole(lines) + Json.MAPPER.writeValueAsString(verdict) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write a verdict as JSON", impossible);
        }
    }

    /** Brings the verdicts of a backup along into another folder; nothing happens when there are none. */
    public static void copy(Path from, Path to) {
        String lines = whole(lines(from));
        if (!lines.isEmpty()) {
            SafeFiles.write(to.resolve(Artifact.VERDICTS), bytes(lines));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String whole(String lines) {
        return lines.substring(0, lines.lastIndexOf('\n') + 1);
    }

    private static String lines(Path folder) {
        Path file = folder.resolve(Artifact.VERDICTS);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try {
            return new String(SafeFiles.read(file, LARGEST), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new Damaged(
                    "cannot read " + file + ": " + unreadable.getMessage(), "Use another backup.", unreadable);
        }
    }
}
