package dolmen.druid;

import dolmen.model.Size;
import java.util.List;

/** The bytes that segments need and the bytes that the historicals may hold together. */
record HistoricalCapacity(long needed, long available) {
    public static HistoricalCapacity of(long needed, List<DataServer> historicals) {
        return new HistoricalCapacity(
                needed, historicals.stream().mapToLong(DataServer::room).sum());
    }

    public boolean suffices() {
        return needed <= available;
    }

    /** Both numbers in words. */
    public String words() {
        return "the segments need " + Size.words(needed) + ", the historicals may hold " + Size.words(available);
    }
}
