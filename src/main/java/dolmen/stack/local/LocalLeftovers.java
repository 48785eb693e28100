package dolmen.stack.local;

import dolmen.model.StepFailure;
import dolmen.stack.Mark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Ends the programs on this machine that were started with a mark. They are found by {@code /proc/*}{@code /environ}, which only their
 * user can read. A process handle knows when its process began, so that a new process with an old number is never ended.
 */
final class LocalLeftovers {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(50);

    private final String variable;

    LocalLeftovers(String mark) {
        this.variable = Mark.VARIABLE + "=" + mark;
    }

    /** Returns when none is left, with a line for each that was ended; throws {@code Failed} when one does not end. */
    List<String> end() {
        List<ProcessHandle> ended = new ArrayList<>();
        long deadline = System.nanoTime() + LIMIT.toNanos();
        List<ProcessHandle> found = marked();
        while (!found.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new StepFailure.Failed(
                        "what an earlier run started does not end: " + names(found),
                        "End it by hand, then run `dolmen recover`.");
            }
            found.stream().filter(each -> !ended.contains(each)).forEach(ended::add);
            found.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(POLL.toNanos());
            found = marked();
        }
        return names(ended).stream()
                .map(name -> "ended what an earlier run had started: " + name)
                .toList();
    }

    private List<ProcessHandle> marked() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(each -> each.pid() != ProcessHandle.current().pid())
                    .filter(ProcessHandle::isAlive)
                    .filter(this::isMarked)
                    .toList();
        }
    }

    /** One of another user, or that has ended meanwhile, cannot be read. */
    private boolean isMarked(ProcessHandle process) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/environ"));
            return List.of(new String(environment, StandardCharsets.UTF_8).split("\0"))
                    .contains(variable);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static List<String> names(List<ProcessHandle> processes) {
        return processes.stream()
                .map(each -> each.info().command().orElse("a program") + ", process " + each.pid())
                .toList();
    }
}
