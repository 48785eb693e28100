package dolmen.metadata;

import java.util.Comparator;

/** A thing in a metadata database that is not Druid's; its schema is left out when it is the usual one. */
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
