package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a run does, and the names of the routes that do it; the word is also the ending of its triggers. */
public enum Operation {
    BACKUP("backup"),
    RESTORE("restore", "restore-datasources"),
    VERIFY("verify"),
    PLAN("plan", "plan-datasources"),
    UNDO("undo"),
    EXPORT("export"),
    PRUNE("prune"),
    PLAN_PRUNE("plan-prune"),
    PRUNE_REMOTE("prune"),
    PLAN_PRUNE_REMOTE("plan-prune"),
    UPLOAD("upload"),
    COPY("copy"),
    VERIFY_REMOTE("verify-remote");

    private final String route;
    private final String ofDatasources;

    Operation(String route) {
        this(route, route);
    }

    Operation(String route, String ofDatasources) {
        this.route = route;
        this.ofDatasources = ofDatasources;
    }

    /** True for what only reads: it keeps backups from being removed meanwhile, and leaves no journal. */
    public boolean readsOnly() {
        return this == VERIFY
                || this == PLAN
                || this == EXPORT
                || this == PLAN_PRUNE
                || this == PLAN_PRUNE_REMOTE
                || this == VERIFY_REMOTE;
    }

    /** The name of the route that does it, for a whole stack. */
    public String route() {
        return route;
    }

    /** The name of the route that does it for single datasources; that of the whole where there is no other. */
    public String routeOfDatasources() {
        return ofDatasources;
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
