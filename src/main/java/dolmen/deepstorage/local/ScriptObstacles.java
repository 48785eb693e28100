package dolmen.deepstorage.local;

import dolmen.deepstorage.SegmentFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What stands in the shared folder where files are to come, found by scripts beside the service. A script takes as many
 * names as an argument of a program may be long: about 700 segments.
 */
final class ScriptObstacles implements ComingPaths.Taker {
    /** Linux takes 128 KiB in one argument. */
    private static final int LARGEST = 90_000;

    private static final String FOUND = "found:";

    /** No name of a file or a folder looks like it. */
    private static final String END = "//";

    private static final String LOOK = """
            n=0
            found() { echo "found:$1" >&2; n=$((n + 1)); [ $n -lt %d ] || exit 0; }
            while IFS= read -r l; do
              case "$l" in
                */)
                  d="${l%%/}"
                  if [ -L "$d" ] || { has "$d" && [ ! -d "$d" ]; }; then
                    found "${d#./} is a link or a file where a folder belongs"
                  fi ;;
                *)
                  if [ -d "$d/$l" ]; then
                    f="$d/$l"
                    found "${f#./} is a folder, or a link to one, where a file belongs"
                  fi ;;
              esac
            done <<'%s'
            """.formatted(Swap.NAMED, END);

    private final Function<String, String> script;
    private final List<String> found = new ArrayList<>();
    private final StringBuilder names = new StringBuilder();
    private String folder = "";
    private int bytes;

    private ScriptObstacles(Function<String, String> script) {
        this.script = script;
    }

    /** The first ones; {@code script} runs one in the shared folder and returns its stderr. */
    static List<String> of(SegmentFiles coming, Function<String, String> script) {
        ScriptObstacles obstacles = new ScriptObstacles(script);
        new ComingPaths(coming).forEach(obstacles);
        obstacles.look();
        return obstacles.found.stream().limit(Swap.NAMED).toList();
    }

    /** What a script has found, of all that it wrote. */
    static List<String> found(String written) {
        return written.lines()
                .filter(line -> line.startsWith(FOUND))
                .map(line -> line.substring(FOUND.length()))
                .toList();
    }

    @Override
    public void folder(String path) {
        folder = path;
        add("./" + path + "/");
    }

    @Override
    public void file(String path) {
        int slash = path.lastIndexOf('/');
        String parent = path.substring(0, Math.max(0, slash));
        if (bytes == 0 || !folder.equals(parent)) {
            folder = parent;
            add(parent.isEmpty() ? "./" : "./" + parent + "/");
        }
        add(path.substring(slash + 1));
    }

    private void add(String line) {
        names.append(line).append('\n');
        bytes += line.getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes > LARGEST) {
            look();
        }
    }

    private void look() {
        if (bytes > 0 && found.size() < Swap.NAMED) {
            found.addAll(found(script.apply(LOOK + names + END + "\n")));
        }
        names.setLength(0);
        bytes = 0;
    }
}
