package dolmen.druid;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** The version of the process that answers and the extensions that it loaded. */
public record DruidStatus(String version, SortedSet<String> modules) {
    public DruidStatus {
        modules = Collections.unmodifiableSortedSet(new TreeSet<>(modules));
    }
}
