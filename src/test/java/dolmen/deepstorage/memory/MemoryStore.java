package dolmen.deepstorage.memory;

import dolmen.model.RunMark;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects of a deep storage, by key; every {@link MemoryDeepStorage} on it sees what another one did. */
public final class MemoryStore {
    final SortedMap<String, byte[]> live = new TreeMap<>();
    final SortedMap<String, byte[]> cache = new TreeMap<>();
    boolean running;
    private final Map<RunMark, Replacement> replacements = new HashMap<>();

    /** What one restore has here; null where there is nothing. */
    static final class Replacement {
        SortedMap<String, byte[]> incoming;
        SortedMap<String, byte[]> old;
        final SortedMap<String, byte[]> kept = new TreeMap<>();
    }

    Replacement of(RunMark run) {
        return replacements.computeIfAbsent(run, name -> new Replacement());
    }

    /** Exchanges all objects. */
    SortedMap<String, byte[]> replaceBy(SortedMap<String, byte[]> others) {
        SortedMap<String, byte[]> before = new TreeMap<>(live);
        live.clear();
        live.putAll(others);
        return before;
    }

    public void put(String key, byte[] content) {
        live.put(key, content);
    }

    public boolean has(String prefix) {
        return live.tailMap(prefix).keySet().stream()
                .findFirst()
                .filter(key -> key.startsWith(prefix))
                .isPresent();
    }

    public void remove(String prefix) {
        live.keySet().removeIf(key -> key.startsWith(prefix));
    }

    public SortedMap<String, byte[]> objects() {
        return new TreeMap<>(live);
    }
}
