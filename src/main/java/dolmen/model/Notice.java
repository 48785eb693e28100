package dolmen.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a notice says, as the values that templates name by {@code ${dolmen.<name>}}. Holds no secrets. */
public record Notice(Map<String, String> values) {
    /** The names of all values; one that has nothing to say is empty. */
    public static final List<String> NAMES = List.of(
            "event",
            "title",
            "host",
            "time",
            "run",
            "operation",
            "outcome",
            "step",
            "summary",
            "hint",
            "label",
            "last-good",
            "report");

    public Notice {
        Map<String, String> all = new TreeMap<>();
        NAMES.forEach(name -> all.put(name, ""));
        all.putAll(values);
        if (all.size() != NAMES.size()) {
            throw new IllegalArgumentException("unknown names in " + values.keySet());
        }
        values = Map.copyOf(all);
    }

    /** One of the values. */
    public String value(String name) {
        return values.get(name);
    }
}
