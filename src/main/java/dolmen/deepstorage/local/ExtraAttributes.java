package dolmen.deepstorage.local;

import dolmen.archive.FileFailures;
import dolmen.model.StepFailure;
import dolmen.stack.LocalProgram;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Access control lists and extended attributes of the upper folders of deep storage (datasources and their intervals): an
 * archive keeps modes and owners alone, so whoever gave rights by such a list must know. The JDK does not show the lists; GNU
 * {@code ls -l} marks them by a {@code +} (coreutils manual, "What information is listed"). Another {@code ls} shows none.
 */
final class ExtraAttributes {
    private static final Logger LOG = LoggerFactory.getLogger(ExtraAttributes.class);

    private static final int DEPTH = 3;
    private static final int MOST_PATHS = 10_000;
    private static final int PATHS_OF_A_COMMAND = 1000;

    /** Where in a line of {@code ls -l} the mark is: behind the type and nine letters of the mode. */
    private static final int MARK = 10;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private ExtraAttributes() {}

    /** One sentence when the folder, or one of the first so many paths below it, has any. */
    static Optional<String> below(Path folder) {
        List<Path> upper = upper(folder);
        SortedSet<String> found = new TreeSet<>();
        for (int from = 0; from < upper.size(); from += PATHS_OF_A_COMMAND) {
            found.addAll(marked(listed(upper.subList(from, Math.min(upper.size(), from + PATHS_OF_A_COMMAND)))));
        }
        upper.stream()
                .filter(ExtraAttributes::hasAttributes)
                .map(path -> "\"" + path + "\"")
                .forEach(found::add);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.size() + " of the " + upper.size() + " upper paths of " + folder
                        + " have access control lists or extended attributes, the first is " + found.first()
                        + ": no backup keeps them, set them anew after a restore");
    }

    /** What cannot be read here is met by the packing, and what vanishes needs no rights. */
    private static List<Path> upper(Path folder) {
        List<Path> paths = new ArrayList<>();
        SimpleFileVisitor<Path> visitor = new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes known) {
                return visitFile(visited, known);
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes known) {
                paths.add(visited);
                return paths.size() < MOST_PATHS ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path visited, IOException why) {
                return FileVisitResult.CONTINUE;
            }
        };
        try {
            Files.walkFileTree(folder, Set.of(), DEPTH, visitor);
        } catch (IOException unreadable) {
            throw FileFailures.reading(folder, unreadable);
        }
        return paths;
    }

    /** {@code ls} lists what is there, and ends with a status when something has vanished. */
    private static List<String> listed(List<Path> paths) {
        List<String> command = new ArrayList<>(List.of("ls", "-ldnQ", "--"));
        paths.forEach(path -> command.add(path.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new LocalProgram(command, Map.of("LC_ALL", "C"), Optional.of(LIMIT)).run(out);
        } catch (StepFailure absent) {
            LOG.warn("cannot look for access control lists: {} HINT: {}", absent.getMessage(), absent.hint());
        }
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The quoted names of the lines of {@code ls -ldnQ} that have the mark behind type and mode. */
    static List<String> marked(List<String> lines) {
        return lines.stream()
                .filter(line -> line.length() > MARK && line.charAt(MARK) == '+')
                .map(line -> line.substring(line.indexOf('"')))
                .toList();
    }

    private static boolean hasAttributes(Path path) {
        try {
            return !Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .list()
                    .isEmpty();
        } catch (IOException goneOrWithout) {
            return false;
        }
    }
}
