package dolmen.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What Druid's metadata holds beside segments, as far as a restore must know it: rows that belong to the moment (active
 * tasks, task locks, pending segments), supervisors by id, stored offsets and load rules by datasource (both JSON), hashes
 * of Druid's configuration by name, and notes on tables that are not shaped as Druid shapes them.
 */
public record MetadataContents(
        TaskRows past,
        SortedMap<String, StoredSupervisor> supervisors,
        SortedMap<String, String> offsets,
        SortedMap<String, String> rules,
        SortedMap<String, Checksum> configuration,
        List<String> notes) {
    /** The contents of a database without tables. */
    public static final MetadataContents EMPTY = new MetadataContents(
            TaskRows.NONE, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of());

    public MetadataContents {
        supervisors = Collections.unmodifiableSortedMap(new TreeMap<>(supervisors));
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
        configuration = Collections.unmodifiableSortedMap(new TreeMap<>(configuration));
        notes = List.copyOf(notes);
    }
}
