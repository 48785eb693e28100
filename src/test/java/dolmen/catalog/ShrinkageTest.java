package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Coverage;
import dolmen.model.DatasourceSummary;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Layout;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import dolmen.model.Transport;
import dolmen.model.Versions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ShrinkageTest {
    @Test
    @Tag("MD-12")
    void a_backup_without_any_segment_is_warned_of() {
        assertThat(Shrinkage.warnings(Optional.empty(), manifest(Map.of(), 400)))
                .singleElement()
                .asString()
                .contains("no used segment");
    }

    @Test
    @Tag("MD-12")
    void much_less_than_in_the_last_good_backup_is_told_with_both_numbers() {
        Manifest before = manifest(Map.of("wiki", 100L, "clicks", 4L), 4000);

        assertThat(Shrinkage.warnings(Optional.of(before), manifest(Map.of("wiki", 12L), 1999)))
                .containsExactly(
                        "only 12 used segments, the last good backup 20261123-020000 has 104",
                        "datasource clicks has no used segment, the last good backup 20261123-020000 has 4",
                        "only 12 rows of druid_segments, the last good backup 20261123-020000 has 104",
                        "only 1999 bytes of druid_metadata_dump.sql, the last good backup 20261123-020000 has 4000");
    }

    @Test
    void a_backup_that_grew_or_shrank_a_little_is_not_warned_of() {
        Manifest before = manifest(Map.of("wiki", 100L), 4000);

        assertThat(Shrinkage.warnings(Optional.of(before), manifest(Map.of("wiki", 50L), 2000)))
                .isEmpty();
        assertThat(Shrinkage.warnings(Optional.of(before), manifest(Map.of("wiki", 5000L), 9000)))
                .isEmpty();
    }

    private static Manifest manifest(Map<String, Long> segments, long dumpBytes) {
        TreeMap<String, DatasourceSummary> datasources = new TreeMap<>();
        segments.forEach((name, count) -> datasources.put(name, new DatasourceSummary(count, count, "2024", "2025")));
        long all = segments.values().stream().mapToLong(Long::longValue).sum();
        return new Manifest(
                Manifest.FORMAT,
                new Label("20261123-020000"),
                Kind.FULL,
                Instant.EPOCH,
                Instant.EPOCH,
                new StackIdentity(Optional.empty(), Optional.empty(), new TreeMap<>()),
                Layout.TAR,
                new Versions("test", Optional.empty(), "15.18", "15.18", Optional.empty()),
                List.of(new Artifact(Artifact.METADATA_DUMP, dumpBytes, new Checksum("0".repeat(64)))),
                new TreeMap<>(Map.of("druid_segments", all, "druid_tasks", all)),
                datasources,
                new TreeMap<>(),
                new Coverage(all, all, List.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Transport.MOUNT),
                new TreeMap<>(),
                List.of(),
                Manifest.VERIFIED,
                List.of());
    }
}
