package dolmen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The two tables of {@code docs/architecture.md}: what each package may depend on, and by which packages of its own a library
 * is known.
 */
record ArchitectureTable(SortedMap<String, Row> packages, SortedMap<String, List<String>> libraries) {
    static final Path PAGE = Path.of("docs/architecture.md");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** What one package may depend on: packages of Dolmen and words for libraries. */
    record Row(SortedSet<String> packages, SortedSet<String> libraries, String reason) {}

    static ArchitectureTable read() throws IOException {
        SortedMap<String, Row> packages = new TreeMap<>();
        SortedMap<String, List<String>> libraries = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split(" *\\| *", -1);
            if (!line.startsWith("| `")) {
                continue;
            }
            String name = names(cells[1]).get(0);
            if (cells.length == 4) {
                libraries.put(name, names(cells[2]));
            } else {
                packages.put(name, new Row(new TreeSet<>(names(cells[3])), new TreeSet<>(names(cells[4])), cells[5]));
            }
        }
        return new ArchitectureTable(packages, libraries);
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
    }

    /** The word for the library that this class is of; empty where none is named. */
    Optional<String> libraryOf(String type) {
        return libraries.entrySet().stream()
                .filter(library -> library.getValue().stream()
                        .anyMatch(prefix -> type.equals(prefix) || type.startsWith(prefix + ".")))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
