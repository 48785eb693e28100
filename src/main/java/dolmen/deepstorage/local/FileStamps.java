package dolmen.deepstorage.local;

import dolmen.archive.FileFailures;
import dolmen.archive.PartFile;
import dolmen.stack.Host;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out which files changed while a script beside a service read them: inode, size and time of each are listed before
 * and after, into the staging folder, and what differs is read here. {@code stat} and {@code sort} may be busybox's.
 */
final class FileStamps implements Closeable {
    /** What {@code find} does with each file. */
    static final String STAMP = "-type f -exec stat -c '%n // %i %s %y' {} +";

    private static final String BETWEEN = " // ";

    private final PartFile before;
    private final PartFile after;
    private final PartFile different;

    private FileStamps(PartFile before, PartFile after, PartFile different) {
        this.before = before;
        this.after = after;
        this.different = different;
    }

    static FileStamps in(Path staging) throws IOException {
        return new FileStamps(
                PartFile.create(staging.resolve("before")),
                PartFile.create(staging.resolve("after")),
                PartFile.create(staging.resolve("different")));
    }

    /** The lines of the script that list, run the command, and list once more; its exit status is the command's. */
    String around(String command, String list) {
        return String.join(
                "\n",
                "stamps() { " + list + "; }",
                "stamps 2> /dev/null | LC_ALL=C sort -u > " + name(before),
                command,
                "status=$?",
                "stamps 2> /dev/null | LC_ALL=C sort -u > " + name(after),
                "LC_ALL=C sort " + name(before) + " " + name(after) + " | LC_ALL=C uniq -u > " + name(different)
                        + " || exit 2",
                "exit $status");
    }

    private static String name(PartFile file) {
        return Host.inFolder(file.part());
    }

    /** The files that were there before and after, and differ. */
    List<String> changed() {
        List<String> changed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        // lenient: a name that is no UTF-8 must not hide the others
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Files.newInputStream(different.part()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int end = line.lastIndexOf(BETWEEN);
                if (end > 0 && !seen.add(line.substring(0, end))) {
                    changed.add(line.substring(0, end));
                }
            }
        } catch (IOException unreadable) {
            throw FileFailures.reading(different.part(), unreadable);
        }
        return changed;
    }

    @Override
    public void close() throws IOException {
        try (before;
                after) {
            different.close();
        }
    }
}
