package dolmen.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What pruning would do.
 *
 * @param decision which backups stay, and which go
 * @param neededArchives the removed backups whose archive stays, each with the kept backups that need it
 * @param unneededArchives the archives of backups pruned earlier that no backup needs any more
 * @param freed the bytes that become free
 * @param drops what the newest backup holds much less of than the one before; where there is any, pruning is held back
 * @param kept the versions that a bucket keeps of what is removed
 */
public record PrunePlan(
        Retention.Decision decision,
        SortedMap<Label, List<Label>> neededArchives,
        List<Label> unneededArchives,
        long freed,
        List<String> drops,
        KeptVersions kept) {
    public PrunePlan {
        neededArchives = Collections.unmodifiableSortedMap(new TreeMap<>(neededArchives));
        unneededArchives = List.copyOf(unneededArchives);
        drops = List.copyOf(drops);
    }

    /** True when nothing would be removed. */
    public boolean isEmpty() {
        return decision.removed().isEmpty() && unneededArchives.isEmpty();
    }

    /** This plan as it was carried out; {@code still} is what the bucket has kept of it. */
    public PrunePlan carriedOut(KeptVersions still) {
        long all = freed + kept.bytes();
        return new PrunePlan(
                decision, neededArchives, unneededArchives, Math.max(0, all - still.bytes()), drops, still);
    }

    /** What goes, for the end of a sentence. */
    public String words() {
        return isEmpty()
                ? "nothing to remove"
                : decision.removed().size() + " backups"
                        + (unneededArchives.isEmpty()
                                ? ""
                                : " and " + unneededArchives.size() + " archives of earlier pruned ones")
                        + ", " + Size.words(freed)
                        + (kept.isEmpty() ? "" : "; " + kept.words() + ", stay");
    }

    /** One line for each backup. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        decision.kept().forEach((label, reasons) -> lines.add("keep " + label + ": " + String.join(", ", reasons)));
        decision.removed().forEach(label -> lines.add("remove " + label + archive(label) + lacking(label)));
        unneededArchives.forEach(label -> lines.add("remove the archive of " + label + ", which nothing needs now"));
        if (!kept.isEmpty()) {
            lines.add(kept.words() + ", stay: " + kept.why());
        }
        drops.forEach(drop -> lines.add("warning: " + drop));
        return lines;
    }

    private String lacking(Label label) {
        String place = decision.lacking().get(label);
        return place == null ? "" : ", to make room, though it is not in " + place + " yet";
    }

    private String archive(Label label) {
        return neededArchives.containsKey(label)
                ? ", but for its archive, which "
                        + neededArchives.get(label).stream().map(Label::text).collect(Collectors.joining(", "))
                        + (neededArchives.get(label).size() == 1 ? " needs" : " need")
                : "";
    }
}
