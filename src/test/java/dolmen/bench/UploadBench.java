package dolmen.bench;

import dolmen.archive.Digests;
import dolmen.archive.Sums;
import dolmen.catalog.BucketRecords;
import dolmen.catalog.Catalog;
import dolmen.catalog.Manifests;
import dolmen.catalog.RemoteCatalog;
import dolmen.catalog.TimedStore;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.Secret;
import dolmen.settings.StorageSettings;
import dolmen.storage.S3Server;
import dolmen.storage.S3Store;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * One upload of a backup. Arguments: a catalog and a number of MiB, to make a backup with an archive of that size; or a
 * catalog, the MiB of a part and the address of the server, to upload it. Prints the seconds that sending took, and
 * those of the whole, in which everything is read back.
 */
public final class UploadBench {
    private static final int MIB = 1 << 20;

    private UploadBench() {}

    public static void main(String[] arguments) throws Exception {
        Catalog catalog = new Catalog(Path.of(arguments[0]));
        int mib = Integer.parseInt(arguments[1]);
        if (arguments.length == 2) {
            publish(catalog, mib);
        } else {
            upload(catalog, settings(URI.create(arguments[2]), (long) mib * MIB));
        }
        System.exit(0);
    }

    private static void upload(Catalog catalog, StorageSettings settings) {
        try (TimedStore store = new TimedStore(S3Store.of(settings))) {
            RemoteCatalog remote = new RemoteCatalog(store, settings, new BucketRecords(catalog.folder(), settings));
            long began = System.nanoTime();
            remote.upload(catalog.good().findFirst().orElseThrow(), catalog.folder(), Meter.NONE);
            long ended = System.nanoTime();
            System.out.printf(Locale.ROOT, "%.2f %.2f%n", store.sending() / 1e9, (ended - began) / 1e9);
        }
    }

    private static StorageSettings settings(URI endpoint, long partBytes) {
        return new StorageSettings(
                Optional.of(S3Server.BUCKET),
                "dolmen",
                Optional.of(endpoint),
                "us-east-1",
                true,
                Optional.of(S3Server.ACCESS_KEY),
                Optional.of(new Secret(S3Server.SECRET_KEY)),
                Optional.empty(),
                partBytes,
                0,
                StorageSettings.Stage.CATALOG,
                false);
    }

    private static void publish(Catalog catalog, int mib) throws Exception {
        Instant now = Instant.parse("2026-11-24T02:00:00Z");
        Path staging = catalog.stage(now);
        Path dump = Files.writeString(staging.resolve(Artifact.METADATA_DUMP), "sql");
        Path archive = staging.resolve(Artifact.SEGMENT_ARCHIVE);
        SplittableRandom random = new SplittableRandom(mib);
        byte[] piece = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(archive)) {
            for (int i = 0; i < mib; i++) {
                random.nextBytes(piece);
                out.write(piece);
            }
        }
        List<Artifact> artifacts = List.of(Digests.artifact(dump), Digests.artifact(archive));
        Label label = Label.at(now);
        Map<Label, ArchiveUse> archives = Map.of(
                label, new ArchiveUse(artifacts.get(1), 1, artifacts.get(1).bytes()));
        Map<String, Checksum> sums = new TreeMap<>();
        artifacts.forEach(artifact -> sums.put(artifact.name(), artifact.sha256()));
        sums.put(
                Artifact.MANIFEST,
                catalog.write(staging, Manifests.of(label, Kind.FULL, artifacts, new TreeMap<>(archives)))
                        .sha256());
        Sums.write(staging, sums);
        catalog.publish(staging);
    }
}
