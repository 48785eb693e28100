package dolmen.catalog;

import dolmen.model.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The segment archives that backups of a catalog need and that its disk has lost. */
final class LostArchives {
    private LostArchives() {}

    /** By the backup that an archive was made for: the backups that need it. Throws {@code Damaged} for an unreadable manifest. */
    public static SortedMap<Label, List<Label>> of(Catalog catalog) {
        SortedMap<Label, List<Label>> lost = new TreeMap<>();
        catalog.list()
                .forEach(backup -> backup.manifest().archives().forEach((label, use) -> {
                    if (!catalog.store().holds(label, use.archive())) {
                        lost.computeIfAbsent(label, none -> new ArrayList<>())
                                .add(backup.manifest().label());
                    }
                }));
        return lost;
    }
}
