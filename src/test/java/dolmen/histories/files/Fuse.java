package dolmen.histories.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Stands for the process of Dolmen in this JVM. While a run goes on it counts the calls that change something, of files,
 * programs and the network, and kills the process before one of them: from then on no change is let through, so
 * that what the run's own cleaning would do is not done, until new objects begin.
 */
public final class Fuse {
    private static final ThreadLocal<Boolean> OURS = ThreadLocal.withInitial(() -> false);

    private static String home = "";
    private static boolean running;
    private static volatile boolean dead;
    private static int calls;
    private static int limit = Integer.MAX_VALUE;
    private static String last = "";
    private static Consumer<String> lastWords;
    private static final List<Surprise> surprises = new ArrayList<>();

    private Fuse() {}

    /** Something that happens by itself, once, just before the first call that it waits for. */
    private record Surprise(Predicate<String> call, Runnable effect) {}

    /** The folder in which files count. */
    public static synchronized void watch(String folder) {
        home = folder + "/";
    }

    /** This JVM is the process itself: it dies by signal 9, after it has said before which call. */
    public static synchronized void killForReal(Consumer<String> words) {
        lastWords = words;
    }

    private static void die(String what) {
        lastWords.accept(what);
        try {
            new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException alive) {
            throw new IllegalStateException("still alive", alive);
        }
    }

    /** A run begins, which is killed before this many calls have passed. */
    public static synchronized void light(int callsUntilKilled) {
        running = true;
        dead = false;
        calls = 0;
        limit = callsUntilKilled;
        last = "";
    }

    /** Before a call that this accepts, the effect comes to pass. */
    public static synchronized void surprise(Predicate<String> call, Runnable effect) {
        surprises.add(new Surprise(call, effect));
    }

    /** The run has ended, and if it was killed all of its objects are gone. Returns how many calls it made. */
    public static synchronized int end() {
        running = false;
        dead = false;
        limit = Integer.MAX_VALUE;
        surprises.clear();
        return calls;
    }

    /** The call before which the process was killed. */
    public static synchronized Optional<String> killedBefore() {
        return dead ? Optional.of(last) : Optional.empty();
    }

    public static boolean isDead() {
        return dead;
    }

    /** A program or a server is called. */
    public static void call(String what) {
        if (!OURS.get()) {
            look(what);
            count(what);
        }
    }

    /** A call that only reads: something may happen just before it. */
    static void read(String operation, String path) {
        if (running && !surprises.isEmpty() && !OURS.get() && path.startsWith(home)) {
            look(operation + " " + path);
        }
    }

    /** A change of a file is about to be made. */
    static void change(String operation, String path) {
        if ((running || dead) && !OURS.get() && path.startsWith(home)) {
            look(operation + " " + path);
            if (path.contains("/progress.json")) {
                write(); // written as time passes, which must not move the moment of a kill
                return;
            }
            count(operation + " " + path);
        }
    }

    /** More bytes for a file that is open already. */
    static void write() {
        if (dead && !OURS.get()) {
            throw new Killed("a write");
        }
    }

    private static synchronized void count(String what) {
        if (dead) {
            throw new Killed(what);
        }
        if (running && calls++ >= limit) {
            if (lastWords != null) {
                die(what);
            }
            dead = true;
            last = what;
            throw new Killed(what);
        }
    }

    private static void look(String what) {
        List<Surprise> due = new ArrayList<>();
        synchronized (Fuse.class) {
            if (!running || dead) {
                return;
            }
            surprises.removeIf(surprise -> surprise.call().test(what) && due.add(surprise));
        }
        due.forEach(surprise -> asTheWorld(surprise.effect()));
    }

    /** What the history does by itself is not Dolmen's. */
    public static void asTheWorld(Runnable effect) {
        boolean before = OURS.get();
        OURS.set(true);
        try {
            effect.run();
        } finally {
            OURS.set(before);
        }
    }
}
