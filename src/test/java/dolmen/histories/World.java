package dolmen.histories;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.histories.model.BackupReader;
import dolmen.histories.model.Taken;
import dolmen.histories.standins.StoryClock;
import dolmen.model.Json;
import dolmen.storage.S3Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.ListContainerOptions;

/** All that a history plays with: one or two stacks, their Dolmens, the catalog that they share, the bucket, the clock. */
final class World implements AutoCloseable {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final String PREFIX = "stack";

    /** Whether Dolmen is a process of its own. */
    static final boolean REAL = Boolean.getBoolean("dolmen.history.real");

    final Lab lab;
    final Swarm swarm;
    final StoryClock clock = new StoryClock(START);
    final List<Site> sites = new ArrayList<>();
    /** Every backup that was published, by label. */
    final SortedMap<String, Taken> taken = new TreeMap<>();
    /** Rare situations, and how often they came. */
    final SortedMap<String, Integer> seen = new TreeMap<>();
    /** The site of the event that happens now. */
    Site site;

    World(Lab lab, Swarm swarm) {
        this.lab = lab;
        this.swarm = swarm;
        lab.clean();
        Map<String, String> settings = new HashMap<>(swarm.settings());
        if (swarm.bucket()) {
            settings.putAll(lab.bucket.settings());
            settings.put("storage.prefix", PREFIX);
        }
        if (swarm.copied()) {
            make(copies());
            settings.put("copy.to", "file:" + copies());
        }
        if (swarm.stacks() > 1) {
            seen("two stacks in one catalog");
        }
        for (int number = 0; number < swarm.stacks(); number++) {
            sites.add(new Site(lab, number, clock, settings));
        }
        site = sites.get(0);
    }

    void seen(String situation) {
        seen.merge(situation, 1, Integer::sum);
    }

    /** Time goes by before each event. */
    void wait(Random random) {
        clock.move(Duration.ofMinutes(1 + random.nextInt(200)));
    }

    Path catalog() {
        return lab.home.resolve("catalog");
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    Path copies() {
        return lab.home.resolve("copies");
    }

    /** The labels of the backups that are published in the catalog. */
    SortedSet<String> published() {
        return labels(catalog());
    }

    /** Whether the archives that a backup of the catalog needs are all there. */
    boolean hasArchives(String label) {
        try {
            JsonNode manifest = Json.MAPPER.readTree(file(catalog(), label, "manifest.json"));
            return manifest.path("archives").properties().stream()
                    .allMatch(
                            use -> Files.exists(catalog().resolve(use.getKey()).resolve("druid_shared.tar")));
        } catch (IOException garbage) {
            throw new UncheckedIOException(garbage);
        }
    }

    /** The labels of the backups that were copied. */
    SortedSet<String> copied() {
        return labels(copies());
    }

    private static SortedSet<String> labels(Path of) {
        SortedSet<String> labels = new TreeSet<>();
        if (Files.isDirectory(of)) {
            try (Stream<Path> folders = Files.list(of)) {
                folders.filter(folder -> Files.exists(folder.resolve("manifest.json")))
                        .forEach(folder -> labels.add(folder.getFileName().toString()));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
        return labels;
    }

    /** The labels of the backups that are published in the bucket. */
    SortedSet<String> uploaded() {
        SortedSet<String> labels = new TreeSet<>();
        lab.bucket
                .objects()
                .list(S3Server.BUCKET, ListContainerOptions.Builder.recursive())
                .forEach(object -> {
                    String[] parts = object.getName().split("/");
                    if (parts[parts.length - 1].equals("manifest.json")) {
                        labels.add(parts[parts.length - 2]);
                    }
                });
        return labels;
    }

    /** Reads a file of a backup here, or else in the bucket. */
    BackupReader.Files here() {
        return (label, name) -> Optional.ofNullable(file(catalog(), label, name))
                .orElseGet(() -> inBucket().read(label, name));
    }

    /** Of a copy, which is whole by itself. */
    BackupReader.Files inCopies() {
        return (label, name) -> file(copies(), label, name);
    }

    private static byte[] file(Path folder, String label, String name) {
        Path file = folder.resolve(label).resolve(name);
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    BackupReader.Files inBucket() {
        return (label, name) -> {
            Blob object = lab.bucket.objects().getBlob(S3Server.BUCKET, PREFIX + "/" + label + "/" + name);
            if (object == null) {
                return null;
            }
            try (var in = object.getPayload().openStream()) {
                return in.readAllBytes();
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
    }

    @Override
    public void close() {
        sites.forEach(Site::close);
    }
}
