package dolmen.stack;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one program on this machine. Both its pipes are drained at once; when its limit has passed, it and all that it
 * started are ended before an answer comes.
 */
public final class LocalProgram {
    private static final Logger LOG = LoggerFactory.getLogger(LocalProgram.class);

    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final String PREFIX = "dolmen-command-";
    private static final String SUFFIX = ".err";

    private final List<String> arguments;
    private final Map<String, String> environment;
    private final Optional<Duration> limit;

    public LocalProgram(List<String> arguments, Map<String, String> environment, Optional<Duration> limit) {
        this.arguments = List.copyOf(arguments);
        this.environment = Map.copyOf(environment);
        this.limit = limit;
    }

    /** Throws {@code Failed} when it cannot be started, when it outlives its limit, or when stdout cannot be written. */
    public Outcome run(OutputStream stdout) {
        Process process = start(new ProcessBuilder(arguments));
        Tail stderr = new Tail();
        ExecutorService pipes = Executors.newFixedThreadPool(2);
        try {
            process.getOutputStream().close();
            CompletableFuture<Void> copied = CompletableFuture.allOf(
                    CompletableFuture.runAsync(() -> copy(process.getInputStream(), stdout), pipes),
                    CompletableFuture.runAsync(() -> copy(process.getErrorStream(), stderr), pipes));
            await(copied);
            return new Outcome(process.waitFor(), stderr.text());
        } catch (TimeoutException late) {
            throw failed("did not end within " + limit.orElseThrow().toSeconds() + " s and was ended", late);
        } catch (ExecutionException broken) {
            throw failed(
                    "wrote what could not be passed on: " + broken.getCause().getMessage(), broken.getCause());
        } catch (IOException broken) {
            throw failed("broke off: " + broken.getMessage(), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", interrupted);
        } finally {
            destroy(process);
            pipes.shutdownNow();
        }
    }

    /**
     * Runs it without waiting for what it leaves running, as a command that starts a service does: its stdout is
     * dropped, the end of its stderr kept, by a file in this folder that loses its name as soon as the program runs.
     */
    public Outcome runAndLeave(Path folder) {
        Path messages = temporary(folder);
        ProcessBuilder builder = new ProcessBuilder(arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(messages.toFile());
        Process process = start(builder);
        try (InputStream written = Files.newInputStream(messages)) {
            // What is started may hold the file for as long as it runs; a name it needs no more.
            delete(messages);
            process.getOutputStream().close();
            if (!process.waitFor(limit.orElseThrow().toNanos(), TimeUnit.NANOSECONDS)) {
                destroy(process);
                throw failed("did not end within " + limit.get().toSeconds() + " s and was ended", null);
            }
            Tail stderr = new Tail();
            written.transferTo(stderr);
            return new Outcome(process.exitValue(), stderr.text());
        } catch (IOException broken) {
            throw failed("broke off: " + broken.getMessage(), broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted", interrupted);
        } finally {
            delete(messages);
        }
    }

    private Process start(ProcessBuilder builder) {
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException absent) {
            throw new StepFailure.Failed(
                    "cannot run " + arguments.get(0) + ": " + absent.getMessage(),
                    "Install it, or put it on the path.",
                    absent);
        }
    }

    private void await(CompletableFuture<Void> copied)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (limit.isEmpty()) {
            copied.get();
            return;
        }
        copied.get(limit.get().toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void copy(InputStream pipe, OutputStream target) {
        try (pipe) {
            pipe.transferTo(target);
            target.flush();
        } catch (IOException broken) {
            throw new CompletionException(broken);
        }
    }

    private static Path temporary(Path folder) {
        try {
            return Files.createTempFile(folder, PREFIX, SUFFIX);
        } catch (IOException full) {
            LOG.warn("cannot make a file in {}: {}; using {}", folder, full.getMessage(), Mark.SYSTEM);
        }
        try {
            return Files.createTempFile(Mark.SYSTEM, PREFIX, SUFFIX);
        } catch (IOException full) {
            throw new StepFailure.Failed(
                    "cannot make a temporary file: " + full.getMessage(), "Is the disk full?", full);
        }
    }

    private static void delete(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException stays) {
            LOG.warn("could not remove {}: {}", temporary, stays.toString());
        }
    }

    /** Returns when all have ended: the signal alone does not say so, and a busy machine takes its time. */
    private static void destroy(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + END_LIMIT.toNanos();
        while (all.stream().anyMatch(ProcessHandle::isAlive)) {
            if (System.nanoTime() > deadline) {
                LOG.warn("a program did not end within {} s of its signal: {}", END_LIMIT.toSeconds(), all);
                return;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private StepFailure failed(String what, Throwable cause) {
        return new StepFailure.Failed(
                arguments.get(0) + " " + what, "Look for what holds it up, or raise its limit.", cause);
    }
}
