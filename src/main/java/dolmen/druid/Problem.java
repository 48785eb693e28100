package dolmen.druid;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can be wrong with a stack that does not serve what is expected. */
public enum Problem {
    /** Druid does not show a datasource, or does not know segments, of the backup's metadata. */
    METADATA_NOT_RESTORED,
    /** Druid knows segments that no server can load. */
    SEGMENTS_MISSING,
    /** The historicals may hold fewer bytes than the segments have. */
    TOO_LITTLE_ROOM,
    /** The load rules drop segments, or want them in a tier without historicals. */
    NOT_KEPT_BY_RULES,
    /** Restored segments were marked as unused, by whom is not known. */
    MARKED_UNUSED,
    /** All segments are there, yet their rows are not those of the backup. */
    ROWS_DIFFER,
    /** Druid shows datasources or segments that the backup does not have: another state than the restored one. */
    NOT_OF_THE_BACKUP,
    /** The coordinator has everything, but queries find nothing yet. */
    QUERIES_FAIL,
    NO_COORDINATOR_LEADER,
    NO_OVERLORD_LEADER,
    /** Everything was there once, but not in two readings one after the other. */
    NOT_STEADY,
    NOT_ANSWERING;

    /** The words for reports. */
    @JsonValue
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
