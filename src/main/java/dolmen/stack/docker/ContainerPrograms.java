package dolmen.stack.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.ExecCreateCmd;
import com.github.dockerjava.api.command.InspectExecResponse;
import com.github.dockerjava.api.model.Frame;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.stack.Command;
import dolmen.stack.Mark;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import dolmen.stack.Uninterrupted;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs in running containers. A program succeeded only when its output ended with its mark and the engine knows
 * its exit status; one that outlives its limit, or whose connection broke, is ended by its process group in the
 * container, which works however far away the engine is. Needs {@code /bin/sh} in the container.
 */
final class ContainerPrograms {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerPrograms.class);
    private static final Duration PROBE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(10);
    private static final Duration END_LIMIT = Duration.ofSeconds(20);
    private static final int BUFFER = 64 * 1024;
    private static final String END_SCRIPT = "kill -TERM -- -$0; n=0;"
            + " while kill -0 -- -$0 && [ $n -lt 5 ]; do sleep 1; n=$((n+1)); done; kill -KILL -- -$0";

    private final DockerClient client;
    private final EngineFailures failures;
    private final Mark mark;

    ContainerPrograms(DockerClient client, EngineFailures failures, Mark mark) {
        this.client = client;
        this.failures = failures;
        this.mark = mark;
    }

    /** Runs the program, marked, in this container of the service. */
    Outcome run(Service service, Command command, OutputStream stdout) {
        Map<String, Secret> environment = new TreeMap<>(command.environment());
        environment.put(Mark.VARIABLE, new Secret(mark.word()));
        return run(service, command.arguments(), environment, command.limit(), stdout);
    }

    /** Runs a program without a mark, one that ends what is marked. */
    Outcome runUnmarked(Service service, Command command, OutputStream stdout) {
        return run(service, command.arguments(), command.environment(), command.limit(), stdout);
    }

    private Outcome run(
            Service service,
            List<String> arguments,
            Map<String, Secret> environment,
            Duration limit,
            OutputStream stdout) {
        String action = "run " + arguments.get(0) + " in " + service.name();
        BufferedOutputStream buffered = new BufferedOutputStream(stdout, BUFFER);
        MarkedOutput marked = new MarkedOutput(buffered);
        ExecOutput output = new ExecOutput(marked);
        String exec = failures.call(action, () -> create(service, marked.around(arguments), environment));
        Running running = new Running(action, service, exec, marked, output);
        try {
            failures.run(action, () -> client.execStartCmd(exec).exec(output));
            awaitEnd(running, limit);
            int status = verdict(running);
            flush(buffered);
            return new Outcome(status, output.stderr());
        } catch (RuntimeException failed) {
            Uninterrupted.run(() -> endIfRunning(running, failed));
            throw failed;
        } finally {
            close(output);
        }
    }

    private record Running(String action, Service service, String exec, MarkedOutput stdout, ExecOutput output) {}

    private String create(Service service, List<String> arguments, Map<String, Secret> environment) {
        ExecCreateCmd create = client.execCreateCmd(service.id())
                .withTty(false)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .withCmd(arguments.toArray(String[]::new));
        if (!environment.isEmpty()) {
            create.withEnv(environment.entrySet().stream()
                    .map(variable ->
                            variable.getKey() + "=" + variable.getValue().reveal())
                    .toList());
        }
        return create.exec().getId();
    }

    private void awaitEnd(Running running, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!running.output.await(shorter(PROBE, deadline))) {
                if (System.nanoTime() >= deadline) {
                    throw outOfTime(running, limit);
                }
                // Some engines do not end the stream though the program has ended.
                boolean silent = running.output.idle().compareTo(IDLE_LIMIT) > 0;
                if ((silent || running.stdout.status().isPresent())
                        && !inspect(running).isRunning()) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StepFailure.Failed(
                    "was interrupted while it would " + running.action,
                    "Repeat the run; Dolmen was told to stop.",
                    interrupted);
        }
    }

    private static Duration shorter(Duration time, long deadline) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        return left.compareTo(time) < 0 ? left : time;
    }

    private static StepFailure outOfTime(Running running, Duration limit) {
        return new StepFailure.Failed(
                "could not " + running.action + " within " + limit.toSeconds() + " s: it was ended",
                "Raise the limit, or find out what it waits for (locks, a slow disk).");
    }

    private int verdict(Running running) {
        running.output.writeFailure().ifPresent(broken -> {
            throw new StepFailure.Failed(
                    "could not write what came while it would " + running.action + ": " + broken.getMessage(),
                    "Is the disk full?",
                    broken);
        });
        if (running.output.failure().isPresent() && running.stdout.status().isEmpty()) {
            throw failures.translated(
                    running.action, asRuntime(running.output.failure().get()));
        }
        Long known = exitStatus(running);
        if (running.stdout.status().isPresent()
                && known != null
                && known == running.stdout.status().get().longValue()) {
            return known.intValue();
        }
        if (known != null
                && running.stdout.processGroup().isEmpty()
                && !running.stdout.head().isEmpty()) {
            throw new StepFailure.Failed(
                    "cannot " + running.action + ": " + running.stdout.head(), "The container needs /bin/sh.");
        }
        throw new StepFailure.Unavailable(
                "could not " + running.action + ": its output broke off, exit status "
                        + (known == null ? "unknown" : known),
                "Did the container or the engine stop meanwhile? See 'docker ps -a'.");
    }

    /** The exit status as the engine knows it; it learns it a moment after the output has ended. */
    private Long exitStatus(Running running) {
        long deadline = System.nanoTime() + IDLE_LIMIT.toNanos();
        InspectExecResponse state = inspect(running);
        while (state.isRunning() && running.stdout.status().isPresent() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL.toNanos());
            state = inspect(running);
        }
        return state.isRunning() ? null : state.getExitCodeLong();
    }

    private InspectExecResponse inspect(Running running) {
        return failures.call(
                running.action, () -> client.inspectExecCmd(running.exec).exec());
    }

    private void endIfRunning(Running running, RuntimeException why) {
        try {
            if (!inspect(running).isRunning()) {
                return;
            }
            running.stdout.processGroup().ifPresent(group -> end(running.service, group));
            if (inspect(running).isRunning()) {
                LOG.warn("could not end what was started to {}: it still runs in the container", running.action);
                return;
            }
            LOG.info("ended what was started to {}, in the container", running.action);
        } catch (RuntimeException failed) {
            why.addSuppressed(failed);
        }
    }

    private void end(Service service, long group) {
        String exec =
                create(service, List.of("/bin/sh", "-c", END_SCRIPT + " 2>/dev/null", Long.toString(group)), Map.of());
        try (ResultCallback.Adapter<Frame> ignored = client.execStartCmd(exec).exec(new ResultCallback.Adapter<>())) {
            ignored.awaitCompletion(END_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw failures.broken("end a program in " + service.name(), broken);
        }
    }

    private static RuntimeException asRuntime(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    private static void flush(OutputStream stdout) {
        try {
            stdout.flush();
        } catch (IOException broken) {
            throw new StepFailure.Failed(
                    "could not write what came: " + broken.getMessage(), "Is the disk full?", broken);
        }
    }

    private static void close(ExecOutput output) {
        try {
            output.close();
        } catch (IOException broken) {
            LOG.debug("the connection of an ended program closed with an error", broken);
        }
    }
}
