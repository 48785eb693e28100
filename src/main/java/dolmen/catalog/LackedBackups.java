package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Retention.Decision;
import dolmen.model.StackIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Keeps backups that no retention rule keeps until each place that they are sent to has them, since they may lie nowhere else.
 * But the disk must not fill: where there is no room for another backup as large as the newest, the oldest of them are removed.
 */
public final class LackedBackups {
    private final List<Outstanding> places;
    private final LongSupplier free;

    /** {@code free} are the free bytes where the backups lie. */
    public LackedBackups(List<Outstanding> places, LongSupplier free) {
        this.places = List.copyOf(places);
        this.free = free;
    }

    /** What becomes of a decision by rules about these backups. */
    Decision keep(Decision byRules, List<Backup> backups, StackIdentity stack) {
        SortedMap<Label, String> lacking = lacking(stack);
        lacking.keySet().retainAll(byRules.removed());
        if (lacking.isEmpty()) {
            return byRules;
        }
        long room = free.getAsLong() + bytes(backups, byRules.removed()) - bytes(backups, lacking.keySet());
        List<Label> kept = new ArrayList<>(lacking.keySet());
        while (!kept.isEmpty() && room < newest(backups)) {
            room += bytes(backups, List.of(kept.remove(0)));
        }
        return byRules.keeping(kept, lacking);
    }

    private SortedMap<Label, String> lacking(StackIdentity stack) {
        SortedMap<Label, String> lacking = new TreeMap<>();
        places.forEach(place -> place.of(stack)
                .forEach(backup -> lacking.merge(
                        backup.manifest().label(), place.place(), (one, other) -> one + " and " + other)));
        return lacking;
    }

    private static long newest(List<Backup> backups) {
        Optional<Backup> newest = backups.stream()
                .max(Comparator.comparing(backup -> backup.manifest().label()));
        return newest.map(backup -> backup.manifest().bytes()).orElse(0L);
    }

    private static long bytes(List<Backup> backups, Iterable<Label> labels) {
        long bytes = 0;
        for (Label label : labels) {
            bytes += backups.stream()
                    .filter(backup -> backup.manifest().label().equals(label))
                    .mapToLong(backup -> backup.manifest().bytes())
                    .sum();
        }
        return bytes;
    }
}
