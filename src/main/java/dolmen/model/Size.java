package dolmen.model;

import java.util.Locale;

/** Writes a number of bytes for a person, in decimal units. */
public final class Size {
    private Size() {}

    /** {@code 812 bytes}, {@code 1.5 MB}, {@code 20.3 GB}. */
    public static String words(long bytes) {
        if (bytes < 1_000_000) {
            return bytes + " bytes";
        }
        if (bytes < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
