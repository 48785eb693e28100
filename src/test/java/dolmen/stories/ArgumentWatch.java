package dolmen.stories;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Looks at the arguments of every process of this machine, again and again, for words that must not be there. */
final class ArgumentWatch implements AutoCloseable {
    private final List<String> words;
    private final Set<String> found = ConcurrentHashMap.newKeySet();
    private final AtomicLong looks = new AtomicLong();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    ArgumentWatch(List<String> words) {
        this.words = List.copyOf(words);
        clock.scheduleWithFixedDelay(this::look, 0, 5, TimeUnit.MILLISECONDS);
    }

    /** The lines of arguments that held one of the words. */
    Set<String> found() {
        return Set.copyOf(found);
    }

    long looks() {
        return looks.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private void look() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .map(ArgumentWatch::arguments)
                    .filter(line -> words.stream().anyMatch(line::contains))
                    .forEach(found::add);
            looks.incrementAndGet();
        } catch (IOException unreadable) {
            found.add("cannot look at /proc: " + unreadable);
        }
    }

    /** Empty for a process that has ended meanwhile. */
    private static String arguments(Path process) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8);
        } catch (IOException ended) {
            return "";
        }
    }
}
