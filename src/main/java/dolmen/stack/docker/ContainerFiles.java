package dolmen.stack.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dolmen.model.Size;
import dolmen.model.StepFailure;
import dolmen.stack.Command;
import dolmen.stack.Host;
import dolmen.stack.Mark;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import dolmen.stack.Uninterrupted;
import dolmen.stack.WholeTarStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files in and out of containers, by the archive calls of the engine: they work on running and on stopped containers,
 * and reach what is mounted (but nothing in memory, tmpfs).
 */
final class ContainerFiles {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerFiles.class);
    private static final Duration SMALL_LIMIT = Duration.ofSeconds(60);
    private static final String FOLDERS = "/tmp/dolmen-put-";
    // Also removes folders of runs that were killed more than a day ago. Prints the free room where there is a df.
    private static final String MAKE = "find /tmp -maxdepth 1 -name 'dolmen-put-*' -mtime +0 -exec rm -rf {} +"
            + " 2>/dev/null; mkdir -m 700 \"$0\" && id -u && id -g && { df -Pk \"$0\" 2>/dev/null || :; }";
    private static final Pattern FREE = Pattern.compile("\\s\\d+\\s+\\d+\\s+(\\d+)\\s+\\d+%\\s");

    private final DockerClient client;
    private final ContainerPrograms programs;
    private final EngineFailures failures;
    private final Mark mark;

    ContainerFiles(DockerClient client, ContainerPrograms programs, EngineFailures failures, Mark mark) {
        this.client = client;
        this.programs = programs;
        this.failures = failures;
        this.mark = mark;
    }

    /** Ends what earlier runs of this Dolmen started in the container, and removes what they put there. */
    List<String> endLeftovers(Service service) {
        return new ContainerLeftovers(programs)
                .end(service, mark.ofRuns(), FOLDERS + mark.owner().get() + "-");
    }

    InputStream read(Service service, String path) {
        String what = path + " of " + service.name();
        try {
            return new WholeTarStream(
                    failures.call(
                            "read " + what,
                            () -> client.copyArchiveFromContainerCmd(service.id(), path)
                                    .exec()),
                    what);
        } catch (StepFailure failure) {
            throw failure.getCause() instanceof NotFoundException ? nothingAt(what, path) : failure;
        }
    }

    void write(Service service, String folder, InputStream tar) {
        failures.run(
                "write to " + folder + " of " + service.name(),
                () -> client.copyArchiveToContainerCmd(service.id())
                        .withRemotePath(folder)
                        .withTarInputStream(tar)
                        .exec());
    }

    /** Puts the file where only the container's user can read it, for as long as the command runs. */
    Outcome runWithFile(Service service, Path file, Host.FileCommand command, OutputStream stdout) {
        String folder = FOLDERS + mark.owner().get() + "-"
                + UUID.randomUUID().toString().substring(0, 13);
        String[] made = makeFolder(service, folder).split("\\s+", 3);
        try {
            requireRoom(service, file, made.length < 3 ? "" : made[2]);
            String name = file.getFileName().toString();
            put(service, file, folder, made[0], made[1]);
            Outcome outcome = programs.run(service, command.with(folder + "/" + name), stdout);
            remove(service, folder);
            return outcome;
        } catch (RuntimeException failed) {
            Uninterrupted.run(() -> removeAfter(service, folder, failed));
            throw failed;
        }
    }

    private static void requireRoom(Service service, Path file, String df) {
        Matcher free = FREE.matcher(df);
        long needed = file.toFile().length();
        if (free.find() && Long.parseLong(free.group(1)) < needed / 1024) {
            throw new StepFailure.Refused(
                    "/tmp of " + service.name() + " has " + Size.words(Long.parseLong(free.group(1)) * 1024) + " free, "
                            + file.getFileName() + " needs " + Size.words(needed),
                    "Make room there; nothing was changed.");
        }
    }

    private String makeFolder(Service service, String folder) {
        ByteArrayOutputStream ids = new ByteArrayOutputStream();
        Outcome made = programs.run(service, Command.of(SMALL_LIMIT, "/bin/sh", "-c", MAKE, folder), ids);
        if (!made.succeeded()) {
            throw new StepFailure.Failed(
                    "cannot make " + folder + " in " + service.name() + ": " + made.stderr(),
                    "The container's user must be able to write to /tmp.");
        }
        return ids.toString(StandardCharsets.UTF_8).strip();
    }

    private void put(Service service, Path file, String folder, String user, String group) {
        try (InputStream tar =
                FileAsTar.open(file, file.getFileName().toString(), Long.parseLong(user), Long.parseLong(group))) {
            write(service, folder, tar);
        } catch (IOException unreadable) {
            throw new StepFailure.Failed(
                    "cannot read " + file + ": " + unreadable.getMessage(), "Is the file still there?", unreadable);
        } catch (StepFailure failure) {
            throw failure.getCause() instanceof NotFoundException ? inMemory(service, failure) : failure;
        }
    }

    private void remove(Service service, String folder) {
        Outcome removed =
                programs.run(service, Command.of(SMALL_LIMIT, "rm", "-rf", folder), OutputStream.nullOutputStream());
        if (!removed.succeeded()) {
            LOG.warn("could not remove {} in {}: {}", folder, service.name(), removed.stderr());
        }
    }

    private void removeAfter(Service service, String folder, RuntimeException why) {
        try {
            remove(service, folder);
        } catch (RuntimeException failed) {
            why.addSuppressed(failed);
        }
    }

    private static StepFailure nothingAt(String what, String path) {
        return new StepFailure.Failed(
                "there is no " + what, "Check the path, as the service sees it.", new NoSuchFileException(path));
    }

    private static StepFailure inMemory(Service service, StepFailure failure) {
        return new StepFailure.Failed(
                "cannot put a file into /tmp of " + service.name() + ": the engine does not see it there",
                "When /tmp is a tmpfs in that container, mount a volume there, or remove the tmpfs.",
                failure);
    }
}
