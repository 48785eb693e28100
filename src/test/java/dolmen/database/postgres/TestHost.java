package dolmen.database.postgres;

import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.stack.Command;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A host for tests that runs programs on this machine, those of one folder first, in an environment of its own. It
 * plays a local machine, or a container when the service has an id. Knows nothing of stopping and of archives.
 */
public class TestHost implements Host {
    private final Service service;
    private final Path programs;
    private final Map<String, String> environment;
    private final List<Command> commands = new ArrayList<>();

    public TestHost(Service service, Path programs, Map<String, String> environment) {
        this.service = service;
        this.programs = programs;
        this.environment = Map.copyOf(environment);
    }

    /** What was run, in order. */
    public List<Command> commands() {
        return List.copyOf(commands);
    }

    @Override
    public Optional<Service> find(String name) {
        return name.equals(service.name()) ? Optional.of(service) : Optional.empty();
    }

    @Override
    public Outcome run(String name, Command command, OutputStream stdout) {
        commands.add(command);
        ProcessBuilder builder = new ProcessBuilder(command.arguments());
        builder.environment().clear();
        builder.environment().put("PATH", programs + ":/usr/bin:/bin");
        builder.environment().putAll(environment);
        reveal(service.environment(), builder.environment());
        reveal(command.environment(), builder.environment());
        try {
            return run(builder, command, stdout);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void reveal(Map<String, Secret> secrets, Map<String, String> environment) {
        secrets.forEach((name, secret) -> environment.put(name, secret.reveal()));
    }

    private Outcome run(ProcessBuilder builder, Command command, OutputStream stdout) throws IOException {
        List<String> resolved = new ArrayList<>(command.arguments());
        Path own = programs.resolve(resolved.get(0));
        if (own.toFile().canExecute()) {
            resolved.set(0, own.toString());
        }
        Process process = builder.command(resolved).start();
        process.getOutputStream().close();
        CompletableFuture<String> stderr = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> end(process, command));
        process.getInputStream().transferTo(stdout);
        try {
            ended.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof StepFailure failure ? failure : failed;
        }
        return new Outcome(process.exitValue(), stderr.join());
    }

    private static void end(Process process, Command command) {
        try {
            if (!process.waitFor(command.limit().toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
                throw new StepFailure.Failed("the program took longer than " + command.limit(), "Raise the limit.");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public Outcome runWithFile(String name, Path file, FileCommand command, OutputStream stdout) {
        return run(name, command.with(file.toAbsolutePath().toString()), stdout);
    }

    @Override
    public void stop(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream readArchive(String name, String path) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeArchive(String name, String folder, InputStream tar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome runBeside(String name, String script, Optional<Path> folder) {
        throw new UnsupportedOperationException();
    }
}
