package dolmen.histories.model;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a stack holds at one moment: all rows of segments by id, and the bytes of each file of the shared folder. */
public record Snapshot(SortedMap<String, Segment> rows, SortedMap<String, Content> files) {
    public Snapshot {
        rows = Collections.unmodifiableSortedMap(rows);
        files = Collections.unmodifiableSortedMap(files);
    }

    /** The segments that queries see. */
    public Collection<Segment> used() {
        return rows.values().stream().filter(Segment::used).toList();
    }

    /** The keys of the used segments of the datasources that are accepted. */
    public SortedSet<String> keys(Predicate<String> datasource) {
        SortedSet<String> keys = new TreeSet<>();
        used().stream()
                .filter(segment -> datasource.test(segment.datasource()))
                .forEach(segment -> keys.add(segment.key()));
        return keys;
    }

    /** The files of a segment. */
    public SortedMap<String, Content> of(Segment segment) {
        SortedMap<String, Content> own = new TreeMap<>();
        files.forEach((path, content) -> {
            if (segment.owns(path)) {
                own.put(path, content);
            }
        });
        return own;
    }
}
