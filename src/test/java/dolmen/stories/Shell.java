package dolmen.stories;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program of this machine in the project's folder and returns what it printed. */
public final class Shell {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    private Shell() {}

    /** The program's stdout; an {@link AssertionError} with its stderr when it does not end with status 0. */
    public static String run(Map<String, String> environment, String... command) {
        Result result = tryRun(environment, command);
        if (result.status() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + " ended with " + result.status() + "\n" + result.stderr());
        }
        return result.stdout();
    }

    public static String run(String... command) {
        return run(Map.of(), command);
    }

    public static Result tryRun(Map<String, String> environment, String... command) {
        try {
            Path errors = java.nio.file.Files.createTempFile("shell", ".err");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            Process process = builder.redirectError(errors.toFile()).start();
            process.getOutputStream().close();
            String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end within " + LIMIT);
            }
            String stderr = java.nio.file.Files.readString(errors);
            java.nio.file.Files.delete(errors);
            return new Result(process.exitValue(), stdout, stderr);
        } catch (IOException | InterruptedException broken) {
            throw new AssertionError(String.join(" ", command) + " could not be run", broken);
        }
    }

    /** How a program ended. */
    public record Result(int status, String stdout, String stderr) {}
}
