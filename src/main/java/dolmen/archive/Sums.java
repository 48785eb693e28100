package dolmen.archive;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file {@code SHA256SUMS} of a folder, as {@code sha256sum} of GNU coreutils writes and checks it. */
public final class Sums {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *]([^/\\\\\\x00]+)");

    private static final long LARGEST = 1 << 20;

    private Sums() {}

    /** Writes the file, sorted by name, synced and renamed into place. */
    public static void write(Path folder, Map<String, Checksum> sums) {
        StringBuilder lines = new StringBuilder();
        new TreeMap<>(sums).forEach((name, sum) -> lines.append(line(name, sum)));
        Path target = folder.resolve(Artifact.SUMS);
        try (PartFile file = PartFile.create(target)) {
            ByteBuffer content = StandardCharsets.UTF_8.encode(lines.toString());
            while (content.hasRemaining()) {
                file.channel().write(content);
            }
            file.publish();
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        }
    }

    private static String line(String name, Checksum sum) {
        String line = sum.sha256() + "  " + name;
        if (!LINE.matcher(line).matches() || name.contains("\n")) {
            throw new IllegalArgumentException("not the name of a file of a backup: '" + name + "'");
        }
        return line + "\n";
    }

    /** The checksums by name. Throws {@code Damaged} for a line that is none, with its number. */
    public static SortedMap<String, Checksum> read(Path folder) {
        Path file = folder.resolve(Artifact.SUMS);
        SortedMap<String, Checksum> sums = new TreeMap<>();
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                throw damaged(file + " is missing, or no list of checksums");
            }
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                Matcher parts = LINE.matcher(line);
                if (!parts.matches() || sums.put(parts.group(2), new Checksum(parts.group(1))) != null) {
                    throw damaged(file + " is damaged in line " + number);
                }
            }
        } catch (CharacterCodingException garbage) {
            throw damaged(file + " is damaged: it is no text");
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
        return sums;
    }

    /** Reads every file that is listed and throws one {@code Damaged} that names all that differ or are missing. */
    public static void verify(Path folder) {
        List<String> wrong = new ArrayList<>();
        SortedMap<String, Checksum> sums = read(folder);
        sums.forEach((name, sum) -> {
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                wrong.add(name + " is missing");
            } else if (!Digests.of(file).equals(sum)) {
                wrong.add(name + " differs from its checksum");
            }
        });
        if (sums.isEmpty() || !wrong.isEmpty()) {
            throw damaged(folder + " is damaged: " + (sums.isEmpty() ? "no checksums" : String.join(", ", wrong)));
        }
    }

    private static StepFailure damaged(String message) {
        return new StepFailure.Damaged(message, "Use another copy of this backup, or another backup.");
    }
}
