package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a run does; also the name of the route that does it and the ending of its triggers. */
public enum Operation {
    BACKUP,
    RESTORE,
    VERIFY,
    PLAN,
    UNDO,
    EXPORT,
    PRUNE,
    PLAN_PRUNE,
    PRUNE_REMOTE,
    PLAN_PRUNE_REMOTE,
    UPLOAD,
    COPY,
    VERIFY_REMOTE;

    /** True for what only reads: it keeps backups from being removed meanwhile, and leaves no journal. */
    public boolean readsOnly() {
        return this == VERIFY
                || this == PLAN
                || this == EXPORT
                || this == PLAN_PRUNE
                || this == PLAN_PRUNE_REMOTE
                || this == VERIFY_REMOTE;
    }

    /** The name of the route: pruning goes the same way wherever the backups are. */
    public String route() {
        return word().replace("prune-remote", "prune");
    }

    /** Whether the backups of the bucket are meant, not those of the catalog. */
    public boolean isRemote() {
        return this == PRUNE_REMOTE || this == PLAN_PRUNE_REMOTE || this == VERIFY_REMOTE;
    }

    /** The word used in file names, routes and reports. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
