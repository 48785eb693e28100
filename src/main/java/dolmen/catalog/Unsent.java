package dolmen.catalog;

import dolmen.model.Ahead;
import dolmen.model.Label;
import java.util.List;

/** Decides which backups of the catalog an upload is about. */
public final class Unsent {
    private Unsent() {}

    /**
     * The last one here and those whose upload failed: the ones younger than the newest there. Older ones were pruned there,
     * or were never meant to be there. What is of the future there is not the newest. Both lists are sorted; there must be one here.
     */
    public static List<Label> of(List<Label> here, List<Label> there, Ahead ahead) {
        List<Label> counted = ahead.without(there);
        Label last = here.get(here.size() - 1);
        return here.stream()
                .filter(label -> label.equals(last)
                        || !counted.isEmpty() && label.compareTo(counted.get(counted.size() - 1)) > 0)
                .toList();
    }
}
