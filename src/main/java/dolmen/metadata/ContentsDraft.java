package dolmen.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import dolmen.model.Checksum;
import dolmen.model.Json;
import dolmen.model.MetadataContents;
import dolmen.model.StoredSupervisor;
import dolmen.model.StoredSupervisor.State;
import dolmen.model.TaskRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects {@link MetadataContents} from rows, which come in any order: of several for one supervisor or datasource the newest one counts. */
public final class ContentsDraft {
    /** Druid's tombstone of a terminated supervisor, which has its type twice. */
    private static final Set<String> TOMBSTONE = Set.of("NoopSupervisorSpec", "noop");

    private final SortedMap<String, StoredSupervisor> supervisors = new TreeMap<>();
    private final SortedMap<String, Long> supervisorIds = new TreeMap<>();
    private final SortedMap<String, String> offsets = new TreeMap<>();
    private final SortedMap<String, String> rules = new TreeMap<>();
    private final SortedMap<String, Checksum> configuration = new TreeMap<>();
    private final SortedMap<String, String> ruleVersions = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private long activeTasks;
    private long taskLocks;
    private long pendingSegments;

    /** Adds so many active tasks. */
    public void activeTasks(long count) {
        activeTasks += count;
    }

    /** Adds so many task locks. */
    public void taskLocks(long count) {
        taskLocks += count;
    }

    /** Adds so many pending segments. */
    public void pendingSegments(long count) {
        pendingSegments += count;
    }

    /** Adds a warning. */
    public void note(String line) {
        notes.add(line);
    }

    /** Takes a spec of a supervisor; the one with the highest number of its row counts. */
    public void supervisor(long row, String id, byte[] payload) {
        if (row >= supervisorIds.getOrDefault(id, Long.MIN_VALUE)) {
            supervisorIds.put(id, row);
            supervisors.put(id, supervisor(id, payload));
        }
    }

    private static StoredSupervisor supervisor(String id, byte[] payload) {
        JsonNode spec = json(payload);
        Checksum print = Checksum.of(payload);
        if (!spec.isObject()) {
            return new StoredSupervisor(id, new TreeSet<>(List.of(id)), State.UNREADABLE, print);
        }
        SortedSet<String> datasources = new TreeSet<>();
        for (String pointer : List.of("/dataSource", "/dataSchema/dataSource", "/spec/dataSchema/dataSource")) {
            add(datasources, spec.at(pointer));
        }
        spec.path("dataSources").forEach(name -> add(datasources, name));
        if (datasources.isEmpty()) {
            datasources.add(id);
        }
        return new StoredSupervisor(id, datasources, state(spec), print);
    }

    private static void add(SortedSet<String> datasources, JsonNode name) {
        if (name.isTextual()) {
            datasources.add(name.textValue());
        }
    }

    private static State state(JsonNode spec) {
        if (TOMBSTONE.contains(spec.path("type").asText())) {
            return State.TERMINATED;
        }
        return spec.path("suspended").asBoolean() ? State.SUSPENDED : State.RUNNING;
    }

    /** Takes the stored stream offsets of a datasource, as JSON. */
    public void offsets(String datasource, byte[] payload) {
        offsets.put(datasource, sorted(json(payload)));
    }

    /** The members in the order of their names, so that equal offsets are equal texts. */
    private static String sorted(JsonNode stored) {
        if (stored.isMissingNode()) {
            return "unreadable";
        }
        try {
            return Json.MAPPER
                    .writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .writeValueAsString(Json.MAPPER.convertValue(stored, Object.class));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write JSON that was read", impossible);
        }
    }

    /** Takes load rules of a datasource, as JSON; those with the highest version count. */
    public void rules(String version, String datasource, byte[] payload) {
        if (version.compareTo(ruleVersions.getOrDefault(datasource, "")) >= 0) {
            ruleVersions.put(datasource, version);
            rules.put(datasource, new String(payload, StandardCharsets.UTF_8));
        }
    }

    /** Takes an entry of Druid's dynamic configuration; only its hash is kept, since it may hold secrets. */
    public void configuration(String name, byte[] payload) {
        configuration.put(name, Checksum.of(payload));
    }

    private static JsonNode json(byte[] payload) {
        try {
            return Json.MAPPER.readTree(payload);
        } catch (IOException unreadable) {
            return Json.MAPPER.missingNode();
        }
    }

    /** All that was taken so far. */
    public MetadataContents contents() {
        return new MetadataContents(
                new TaskRows(activeTasks, taskLocks, pendingSegments),
                supervisors,
                offsets,
                rules,
                configuration,
                notes);
    }
}
