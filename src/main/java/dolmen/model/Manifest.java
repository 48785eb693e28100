package dolmen.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a backup holds and what was proven about it: {@code manifest.json}, format version {@link #FORMAT}, or an older one. Its presence
 * in a folder of the catalog means that the backup is complete. Described in {@code docs/format.md}; holds no secrets.
 */
public record Manifest(
        int format,
        Label label,
        Kind kind,
        Instant begin,
        Instant end,
        StackIdentity stack,
        Layout layout,
        Versions versions,
        List<Artifact> artifacts,
        SortedMap<String, Long> tables,
        SortedMap<String, DatasourceSummary> datasources,
        SortedMap<String, Long> loadSpecs,
        Coverage consistency,
        Optional<DruidState> druid,
        Optional<ApplicationDatabaseCopy> metabase,
        Optional<Transport> transport,
        @JsonSetter(nulls = Nulls.AS_EMPTY) SortedMap<Label, ArchiveUse> archives,
        List<String> warnings,
        String verdict,
        List<Reason> reasons) {
    /** The format version that this Dolmen writes, and the newest that it reads. */
    public static final int FORMAT = 2;

    /** The verdict of a backup whose artifacts were proven whole and to fit together. */
    public static final String VERIFIED = "verified";

    /** The verdict of a backup that does not hold all, or that has another reason not to be trusted. */
    public static final String SUSPICIOUS = "suspicious";

    public Manifest {
        artifacts = List.copyOf(artifacts);
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
        datasources = Collections.unmodifiableSortedMap(new TreeMap<>(datasources));
        loadSpecs = Collections.unmodifiableSortedMap(new TreeMap<>(loadSpecs));
        archives = Collections.unmodifiableSortedMap(new TreeMap<>(archives));
        warnings = List.copyOf(warnings);
        reasons = List.copyOf(reasons);
    }

    /** This manifest with that stack in place of its own. */
    public Manifest of(StackIdentity other) {
        return new Manifest(
                format,
                label,
                kind,
                begin,
                end,
                other,
                layout,
                versions,
                artifacts,
                tables,
                datasources,
                loadSpecs,
                consistency,
                druid,
                metabase,
                transport,
                archives,
                warnings,
                verdict,
                reasons);
    }

    /** The artifact of this name, if the backup has it. */
    public Optional<Artifact> artifact(String name) {
        return artifacts.stream()
                .filter(artifact -> artifact.name().equals(name))
                .findFirst();
    }

    /** Whether files of this backup lie in archives of others. */
    @JsonIgnore
    public boolean refersToOthers() {
        return kind == Kind.INCREMENTAL;
    }

    /** The bytes of all files that the archives hold for this backup. */
    @JsonIgnore
    public long segmentBytes() {
        return archives.values().stream().mapToLong(ArchiveUse::bytes).sum();
    }

    /** The bytes of the archives of other backups that this one needs. */
    @JsonIgnore
    public long bytesOfOthers() {
        return archives.entrySet().stream()
                .filter(use -> !use.getKey().equals(label))
                .mapToLong(use -> use.getValue().archive().bytes())
                .sum();
    }

    /** The bytes of all artifacts together. */
    @JsonIgnore
    public long bytes() {
        return artifacts.stream().mapToLong(Artifact::bytes).sum();
    }

    /** The bytes of all artifacts but the one of this name. */
    public long bytesWithout(String name) {
        return bytes() - artifact(name).map(Artifact::bytes).orElse(0L);
    }
}
