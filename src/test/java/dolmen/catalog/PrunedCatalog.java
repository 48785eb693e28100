package dolmen.catalog;

import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.PrunePlan;
import dolmen.model.Retention;
import dolmen.model.StackIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

/** A catalog whose backups are pruned. */
abstract class PrunedCatalog {
    static final Clock NOW = Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);
    static final Label FULL = new Label("20261122-020000");
    static final Label LAST = new Label("20261125-020000");
    static final Checksum SUM = new Checksum("0".repeat(64));

    @TempDir
    Path folder;

    @TempDir
    Path state;

    Catalog catalog() {
        return new Catalog(folder);
    }

    PrunePlan prune(int last) {
        Pruning pruning = pruning(last);
        PrunePlan plan = pruning.plan(stack("1"), Set.of());
        pruning.carryOut(plan);
        return plan;
    }

    Pruning pruning(int last) {
        return new Pruning(
                PrunableBackups.of(catalog()),
                new Retention(last, Optional.empty(), 0, 0, 0, 0, ZoneId.of("UTC")),
                state,
                NOW);
    }

    static StackIdentity stack(String systemIdentifier) {
        return new StackIdentity(Optional.empty(), Optional.of(systemIdentifier), new TreeMap<>());
    }

    List<String> files() throws Exception {
        try (var tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    void publish(Label label, Kind kind, Label... needs) throws Exception {
        Path staging = catalog().stage(label.start());
        Files.writeString(staging.resolve(Artifact.METADATA_DUMP), "sql");
        Files.writeString(staging.resolve(Artifact.SEGMENT_ARCHIVE), "archive");
        Artifact archive = new Artifact(Artifact.SEGMENT_ARCHIVE, 7, SUM);
        TreeMap<Label, ArchiveUse> archives = new TreeMap<>();
        Arrays.stream(needs).forEach(need -> archives.put(need, new ArchiveUse(archive, 1, 1)));
        Manifest manifest =
                Manifests.of(label, kind, List.of(new Artifact(Artifact.METADATA_DUMP, 3, SUM), archive), archives);
        catalog().write(staging, manifest);
        catalog().publish(staging);
    }
}
