package dolmen.deepstorage.local;

import dolmen.archive.TarMember;
import dolmen.archive.TarReader;
import dolmen.model.StepFailure;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Service;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The folder of this machine that is the shared folder, when this process can write it and it is surely the one that the
 * service sees: with an engine on another machine a volume of the same name may lie here by chance, so a file that is
 * made in it must show in the container.
 */
final class WritableFolder {
    /** A killed process leaves its probe; nobody waits this long for one. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private static final String PROBE = LocalDeepStorage.OWN + "probe-";

    private WritableFolder() {}

    /** Throws {@code Refused} when the settings want this transport and it does not work. */
    static Optional<Path> find(Host host, SegmentsSettings settings) {
        if (settings.transport().isPresent() && settings.transport().get() != Transport.MOUNT) {
            return Optional.empty();
        }
        SharedFolder shared = SharedFolder.find(host, settings);
        Optional<Path> folder = shared.folder().filter(path -> isSeen(host, shared.service(), path, settings.path()));
        if (folder.isEmpty() && (settings.transport().isPresent() || SharedFolder.isLocal(shared.service()))) {
            throw new StepFailure.Refused(
                    settings.path() + " of " + settings.service() + " cannot be written by this process"
                            + (shared.whyNot().isEmpty() ? "" : ": " + shared.whyNot()),
                    SharedFolder.isLocal(shared.service())
                            ? "Run Dolmen as a user who may write there."
                            : "Run Dolmen as root on the machine of the engine, or leave dolmen.segments.transport empty.");
        }
        return folder;
    }

    private static boolean isSeen(Host host, Service service, Path folder, String path) {
        if (!Files.isWritable(folder)) {
            return false;
        }
        return SharedFolder.isLocal(service) || showsInContainer(host, service.name(), folder, path);
    }

    private static void removeForgotten(Path folder) throws IOException {
        try (DirectoryStream<Path> probes = Files.newDirectoryStream(folder, PROBE + "*")) {
            for (Path probe : probes) {
                if (isForgotten(probe)) {
                    Files.deleteIfExists(probe);
                }
            }
        }
    }

    /** Another process may remove its own probe at any moment. */
    private static boolean isForgotten(Path probe) throws IOException {
        try {
            return Files.getLastModifiedTime(probe)
                    .toInstant()
                    .isBefore(Instant.now().minus(FORGOTTEN));
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static boolean showsInContainer(Host host, String service, Path folder, String path) {
        String name = PROBE + UUID.randomUUID();
        Path probe = folder.resolve(name);
        try {
            removeForgotten(folder);
            Files.createFile(probe);
            try (TarReader reader = TarReader.of("a probe", host.readArchive(service, path + "/" + name))) {
                return reader.next().filter(TarMember::isFile).isPresent();
            } finally {
                Files.delete(probe);
            }
        } catch (IOException | StepFailure.Failed | StepFailure.Damaged notThere) {
            return false;
        }
    }
}
