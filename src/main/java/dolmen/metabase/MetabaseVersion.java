package dolmen.metabase;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metabase's version by its image's tag ({@code v0.49.3}, {@code v1.49} for the paid edition: 49). Migrations run forward
 * only, so a database of a newer version does not start an older Metabase.
 */
final class MetabaseVersion {
    private static final Pattern TAG = Pattern.compile(":v?[01]\\.(\\d+)[^/:]*$");

    private MetabaseVersion() {}

    /** Adds what the difference between the two images means; nothing when a tag tells no version. */
    static void compare(String held, String present, List<String> refusals, List<String> warnings) {
        Optional<Integer> from = version(held);
        Optional<Integer> to = version(present);
        if (from.isEmpty() || to.isEmpty() || from.get().equals(to.get())) {
            return;
        }
        String both = "the backup is of Metabase " + from.get() + " (" + held + "), the stack runs " + to.get() + " ("
                + present + ")";
        if (from.get() > to.get()) {
            refusals.add(both + ", which cannot start with newer data: use the image of the backup");
            return;
        }
        warnings.add(both + ": it will migrate the data at its start, and there is no way back");
    }

    private static Optional<Integer> version(String image) {
        Matcher tag = TAG.matcher(image);
        return tag.find() ? Optional.of(Integer.valueOf(tag.group(1))) : Optional.empty();
    }
}
