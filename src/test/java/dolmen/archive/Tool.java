package dolmen.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs real programs of this machine for tests: GNU tar, coreutils, mount. */
public final class Tool {
    private Tool() {}

    /** How a script ended and what it wrote. */
    public record Result(int status, String output) {}

    /** Runs a bash script in a folder. */
    public static Result run(Path folder, String script) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tool", ".out");
        try {
            Process process = new ProcessBuilder("bash", "-c", script)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("did not end: " + script);
            }
            return new Result(process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    /** Runs a script that must succeed; returns what it wrote. */
    public static String ok(Path folder, String script) throws IOException, InterruptedException {
        Result result = run(folder, script);
        if (result.status() != 0) {
            throw new AssertionError(script + " ended with " + result.status() + ": " + result.output());
        }
        return result.output();
    }

    /** Whether a script ends well; where it needs a program that is not installed, it does not. */
    public static boolean succeeds(String script) throws IOException, InterruptedException {
        return run(Path.of("."), script).status() == 0;
    }

    /** True when the tests run as root. */
    public static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }
}
