package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Digests;
import dolmen.catalog.BucketRecords;
import dolmen.catalog.Catalog;
import dolmen.catalog.Manifests;
import dolmen.catalog.RemoteCatalog;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.settings.StorageSettings;
import dolmen.stories.DolmenCommand;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dolmen as a process of its own that is killed half-way through an upload; every byte on the line is counted. */
class KilledUploadTest {
    private static final Label LABEL = new Label("20261124-020000");
    private static final int MIB = 1 << 20;
    private static final int ARCHIVE_MIB = 512;

    @TempDir
    Path home;

    @Test
    void a_killed_upload_goes_on_and_sends_at_most_a_twentieth_twice() throws Exception {
        long bytes = publish();
        try (S3Server server = new S3Server(home.resolve("s3"));
                CutAfter line = new CutAfter(server.endpoint(), Long.MAX_VALUE)) {
            DolmenCommand dolmen = server.in(new DolmenCommand(home))
                    .with("dolmen.storage.endpoint", line.address().toString())
                    .with("dolmen.storage.part-mib", "5")
                    .with("dolmen.storage.prefix", "stack")
                    .with("dolmen.stack.kind", "local");
            Process killed = dolmen.with("dolmen.storage.limit-mib", "128").start("upload", LABEL.text());
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> line.asked() > bytes / 2 || !killed.isAlive());
            killed.destroyForcibly().waitFor();
            assertThat(line.asked()).isBetween(bytes / 2, bytes - MIB);
            StorageSettings settings = server.settings(S3Server.SECRET_KEY, 0);
            try (S3Store store = S3Store.of(settings)) {
                RemoteCatalog remote = new RemoteCatalog(store, settings, new BucketRecords(home, settings));
                assertThat(remote.labels()).isEmpty();

                Process second = dolmen.start("upload", LABEL.text());
                assertThat(second.waitFor(3, TimeUnit.MINUTES)).isTrue();

                assertThat(second.exitValue())
                        .as(Files.readString(dolmen.log()))
                        .isZero();
                assertThat(line.asked()).isBetween(bytes, bytes + bytes / 20);
                assertThat(remote.labels()).containsExactly(LABEL);
                remote.verify(LABEL, Files.createDirectory(home.resolve("scratch")), Meter.NONE);
            }
        }
    }

    private long publish() throws Exception {
        Catalog catalog = new Catalog(home.resolve("backup"));
        Path staging = catalog.stage(LABEL.start());
        Path archive = staging.resolve(Artifact.SEGMENT_ARCHIVE);
        byte[] content = new byte[MIB];
        Random random = new Random(1);
        try (OutputStream out = Files.newOutputStream(archive)) {
            for (int written = 0; written < ARCHIVE_MIB; written++) {
                random.nextBytes(content);
                out.write(content);
            }
        }
        Path dump = Files.writeString(staging.resolve(Artifact.METADATA_DUMP), "sql");
        List<Artifact> artifacts = List.of(Digests.artifact(dump), Digests.artifact(archive));
        ArchiveUse use = new ArchiveUse(Digests.artifact(archive), 1, 1);
        Manifests.publish(catalog, staging, LABEL, Kind.FULL, artifacts, new TreeMap<>(Map.of(LABEL, use)));
        return Files.size(catalog.find(LABEL).folder().resolve(Artifact.SEGMENT_ARCHIVE));
    }
}
