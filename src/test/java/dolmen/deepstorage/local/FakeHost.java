package dolmen.deepstorage.local;

import dolmen.archive.Tool;
import dolmen.model.StepFailure;
import dolmen.stack.Command;
import dolmen.stack.Host;
import dolmen.stack.Mount;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A fake of a Docker engine: a temporary folder is the root of its one container {@code historical}, scripts run on this
 * machine with their paths replaced, and archives go through GNU tar, whose members are named as Docker names them. Nothing
 * is proved here of the real engine.
 */
final class FakeHost implements Host {
    final Path root;
    final List<String> scripts = new ArrayList<>();
    List<Mount> mounts = List.of();
    boolean running;
    boolean seesStaging = true;
    boolean remote;
    String id = "c0ffee";
    String preamble = "";
    int cutAt = Integer.MAX_VALUE;

    FakeHost(Path root) {
        this.root = root;
    }

    @Override
    public Optional<Service> find(String service) {
        return service.equals("historical")
                ? Optional.of(
                        new Service(service, id, "druid", running, Map.of(), mounts, "druid", Optional.of("stack")))
                : Optional.empty();
    }

    @Override
    public void stop(String service) {
        running = false;
    }

    @Override
    public void start(String service) {
        running = true;
    }

    @Override
    public Outcome run(String service, Command command, OutputStream stdout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream readArchive(String service, String path) {
        Path inside = Path.of(root + path);
        if (remote || !Files.exists(inside, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            throw new StepFailure.Failed(
                    "no such path: " + path, "It is a fake.", new java.nio.file.NoSuchFileException(path));
        }
        try {
            Path tar = Files.createTempFile("fake", ".tar");
            Tool.ok(inside.getParent(), "tar -cf '" + tar + "' '" + inside.getFileName() + "'");
            byte[] content = Files.readAllBytes(tar);
            Files.delete(tar);
            return new ByteArrayInputStream(content, 0, Math.min(content.length, cutAt));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void writeArchive(String service, String folder, InputStream tar) {
        try {
            Path file = Files.createTempFile("fake", ".tar");
            Files.write(file, tar.readAllBytes());
            Tool.ok(Path.of(root + folder), "tar -xpf '" + file + "' --numeric-owner");
            Files.delete(file);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public Outcome runBeside(String service, String script, Optional<Path> folder) {
        scripts.add(script);
        String here = script.replace("cd / ", "cd '" + root + "' ").replace("'/opt/", "'" + root + "/opt/");
        String seen = seesStaging ? folder.map(Path::toString).orElse("/none") : "/none";
        String begin = Host.FOLDER + "='" + seen + "'\n";
        try {
            Path file = Files.writeString(Files.createTempFile("fake", ".sh"), begin + preamble + here);
            Tool.Result result = Tool.run(root, "sh '" + file + "'");
            Files.delete(file);
            return new Outcome(result.status(), result.output());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
