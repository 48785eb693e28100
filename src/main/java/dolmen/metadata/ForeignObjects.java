package dolmen.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a metadata database, or a dump of one, holds that is not Druid's. Druid's are the tables and sequences that begin
 * as its table of segments does.
 */
public final class ForeignObjects {
    /** What the names of Druid's tables begin with where there is no table of segments. */
    private static final String DEFAULT_PREFIX = "druid_";

    private final ObjectList objects;
    private final Function<String, ?> rows;
    private final boolean dumped;

    /** {@code rows} reads the rows of a table into what is equal for equal rows; {@code dumped} where they come from a dump. */
    public ForeignObjects(ObjectList objects, Function<String, ?> rows, boolean dumped) {
        this.objects = objects;
        this.rows = rows;
        this.dumped = dumped;
    }

    /** Whether the table is Druid's, judged by this database or else by the other one. */
    public boolean isDruids(String table, ForeignObjects other) {
        return table.startsWith(prefix(other));
    }

    /** In words, what goes when the other one takes this one's place: what it lacks, or has with another content. */
    public List<String> lostTo(ForeignObjects other) {
        List<String> lost = new ArrayList<>();
        String prefix = prefix(other);
        objects.contents().forEach((object, content) -> {
            boolean druids = object.name().startsWith(prefix) && object.kind().isDruids();
            if (!druids && !isKept(object, content, other)) {
                lost.add(object.words());
            }
        });
        return lost;
    }

    private String prefix(ForeignObjects other) {
        return objects.prefix().or(() -> other.objects.prefix()).orElse(DEFAULT_PREFIX);
    }

    private boolean isKept(ForeignObject object, Optional<String> content, ForeignObjects other) {
        if (other.dumped && !object.kind().isNamedInDumps()) {
            return other.objects.contents().keySet().stream().anyMatch(held -> held.kind() == object.kind());
        }
        if (other.dumped && object.kind().isCopied()) {
            return true;
        }
        Optional<String> there = other.objects.contents().get(object);
        if (there == null) {
            return false;
        }
        if (object.kind().isTable()) {
            return content.isPresent()
                    && (other.dumped || there.isPresent())
                    && rows.apply(object.name()).equals(other.rows.apply(object.name()));
        }
        return there.isEmpty() || there.equals(content);
    }
}
