package dolmen.druid;

import java.util.List;
import java.util.Locale;

/** The bytes that segments need and the bytes that the historicals may hold together. */
public record Room(long needed, long available) {
    public static Room of(long needed, List<DataServer> historicals) {
        return new Room(needed, historicals.stream().mapToLong(DataServer::room).sum());
    }

    public boolean suffices() {
        return needed <= available;
    }

    /** Both numbers in words. */
    public String words() {
        return "the segments need " + bytes(needed) + ", the historicals may hold " + bytes(available);
    }

    private static String bytes(long bytes) {
        if (bytes < 1_000_000) {
            return bytes + " bytes";
        }
        if (bytes < 1_000_000_000) {
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
