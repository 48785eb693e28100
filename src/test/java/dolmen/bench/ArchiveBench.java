package dolmen.bench;

import dolmen.archive.TarTarget;
import dolmen.deepstorage.ArchiveOrder;
import dolmen.deepstorage.local.LocalDeepStorage;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.docker.DockerFixture;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The archive step of one full backup. Arguments: a container that has the shared folder, the transport, and an empty folder.
 * Prints how many seconds it took.
 */
public final class ArchiveBench {
    private ArchiveBench() {}

    public static void main(String[] arguments) throws Exception {
        Transport transport = Transport.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        Path staging = Path.of(arguments[2]);
        try (DockerFixture engine = DockerFixture.through(DockerFixture.ENGINE)) {
            SegmentsSettings settings =
                    new SegmentsSettings(arguments[0], "/opt/shared", Optional.of(transport), List.of());
            Host host = engine.host();
            host.find(settings.service()).orElseThrow(); // the steps before it have asked the engine too
            LocalDeepStorage volume = new LocalDeepStorage(host, settings, staging, staging);
            long began = System.nanoTime();
            volume.archive(
                    ArchiveOrder.full(
                            staging,
                            new Label("20261124-020000"),
                            TarTarget.of(staging.resolve(Artifact.SEGMENT_ARCHIVE)),
                            segment -> {},
                            print -> {}),
                    Meter.NONE);
            System.out.printf(Locale.ROOT, "%.2f%n", (System.nanoTime() - began) / 1e9);
        }
        System.exit(0);
    }
}
