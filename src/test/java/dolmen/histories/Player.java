package dolmen.histories;

import dolmen.histories.Machine.Played;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A JVM of its own that plays histories, since it has another file system than an ordinary one. It writes a line for the events of
 * each history, and for each rare situation and failure, which {@link Histories} adds up.
 */
public final class Player {
    private Player() {}

    /** Arguments: a folder, the first seed, the last one, and the places that are kept (or nothing). */
    public static void main(String[] arguments) {
        int status = 0;
        try {
            play(arguments, System.out);
        } catch (Exception | Error failed) {
            failed.printStackTrace(System.out);
            status = 1;
        }
        System.out.flush();
        System.exit(status); // servers have threads that would go on
    }

    private static void play(String[] arguments, PrintStream out) throws Exception {
        Optional<SortedSet<Integer>> kept = arguments.length > 3
                ? Optional.of(Arrays.stream(arguments[3].split(","))
                        .map(Integer::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new)))
                : Optional.empty();
        Set<String> shrunk = new HashSet<>();
        try (Lab lab = new Lab(Path.of(arguments[0]).resolve("home"))) {
            Machine machine = new Machine(lab);
            for (long seed = Long.parseLong(arguments[1]); seed <= Long.parseLong(arguments[2]); seed++) {
                long begun = System.nanoTime();
                Played played = machine.play(seed, kept);
                tell(out, seed, played, System.nanoTime() - begun);
                if (played.kind().isPresent() && shrunk.add(played.kind().get())) {
                    Played shortest = new Shrinker(machine::play).shrink(seed, played);
                    out.println("shrunk\t" + shortest.kind().orElseThrow() + "\t" + seed + "\t"
                            + shortest.places().toString().replaceAll("[\\[\\] ]", "") + "\t" + events(shortest) + "\t"
                            + shortest.words().replaceAll("\\s+", " "));
                }
            }
        }
    }

    private static String events(Played played) {
        return played.steps().stream().map(Machine.Step::event).collect(Collectors.joining(" "));
    }

    private static void tell(PrintStream out, long seed, Played played, long nanos) {
        out.println("came\t" + events(played));
        played.seen().forEach((situation, times) -> out.println("seen\t" + situation + "\t" + times));
        out.println("played\t" + seed + "\t" + nanos / 1_000_000 + "\t"
                + played.steps().size() + "\t" + played.kind().orElse("") + "\t"
                + played.words().replaceAll("\\s+", " "));
        out.flush();
    }
}
