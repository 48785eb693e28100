package dolmen.metabase;

import dolmen.model.ApplicationDatabaseCopy;
import java.util.List;

/**
 * Where Metabase keeps its data, for reports: the kind's word, what told ({@code MB_DB_TYPE=postgres of metabase}), the
 * location as manifests have it (a path, or the name of a database), in short and in words for a person, what decides which
 * one Metabase opens, and warnings.
 */
public record Place(
        String kind,
        String foundBy,
        String location,
        String inShort,
        String inWords,
        String hint,
        List<String> warnings) {
    public Place {
        warnings = List.copyOf(warnings);
    }

    /** Whether there is no database to save. */
    public boolean isNone() {
        return kind.equals(ApplicationDatabaseCopy.NONE);
    }
}
