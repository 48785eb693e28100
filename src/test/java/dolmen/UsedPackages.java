package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** What compiled classes use of each other and of libraries, as the JDK's jdeps reads it from them. */
final class UsedPackages {
    private static final Pattern LINE = Pattern.compile("(?m)^ +(\\S+) +-> (\\S+) +(.*)$");

    private UsedPackages() {}

    /**
     * For each package what its classes use outside of it, with an example: packages of the same tree, and for other classes the
     * word that {@code library} has, or the class itself where it has none; Java's own go by a word only.
     */
    static SortedMap<String, SortedMap<String, String>> of(Path tree, Function<String, Optional<String>> library) {
        SortedMap<String, SortedMap<String, String>> used = new TreeMap<>();
        Matcher line = LINE.matcher(jdeps("-v", tree.toString()));
        while (line.find()) {
            String from = line.group(1);
            String to = line.group(2);
            boolean own = line.group(3).strip().equals(tree.getFileName().toString());
            boolean java = to.startsWith("java.");
            SortedMap<String, String> words = used.computeIfAbsent(packageOf(from), name -> new TreeMap<>());
            Collection<String> found = own
                    ? List.of(packageOf(to))
                    : library.apply(to).map(List::of).orElse(java ? List.of() : List.of(to));
            found.stream()
                    .filter(word -> !word.equals(packageOf(from)))
                    .forEach(word -> words.putIfAbsent(word, from + " uses " + to));
        }
        return used;
    }

    private static String packageOf(String type) {
        return type.substring(0, Math.max(0, type.lastIndexOf('.')));
    }

    private static String jdeps(String... arguments) {
        StringWriter out = new StringWriter();
        PrintWriter print = new PrintWriter(out);
        int status = ToolProvider.findFirst("jdeps").orElseThrow().run(print, print, arguments);
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }
}
