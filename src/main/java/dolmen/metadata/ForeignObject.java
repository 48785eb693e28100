package dolmen.metadata;

import java.util.Comparator;

/** A database object that is not Druid's. The name has its schema before it, unless that is the usual one of the store. */
public record ForeignObject(ForeignKind kind, String name) implements Comparable<ForeignObject> {
    private static final Comparator<ForeignObject> ORDER = Comparator.comparingInt(
                    (ForeignObject object) -> object.kind().ordinal())
            .thenComparing(ForeignObject::name);

    /** For a person: {@code view reports.daily}. */
    String words() {
        return name.isEmpty() ? kind.words() : kind.words() + " " + name;
    }

    @Override
    public int compareTo(ForeignObject other) {
        return ORDER.compare(this, other);
    }
}
