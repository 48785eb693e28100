package dolmen.model;

import com.fasterxml.jackson.annotation.JsonValue;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunOptions.ExportOptions;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunOptions.NoOptions;
import dolmen.model.RunOptions.PlanOptions;
import dolmen.model.RunOptions.PruneOptions;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.model.RunOptions.UndoOptions;
import dolmen.model.RunOptions.VerifyOptions;
import java.util.Locale;

/** What a run does, which options it has, and the names of the routes that do it; the word is also the ending of its triggers. */
public enum Operation {
    BACKUP(BackupOptions.class, "backup"),
    RESTORE(RestoreOptions.class, "restore", "restore-datasources"),
    VERIFY(VerifyOptions.class, "verify"),
    PLAN(PlanOptions.class, "plan", "plan-datasources"),
    UNDO(UndoOptions.class, "undo"),
    EXPORT(ExportOptions.class, "export"),
    PRUNE(PruneOptions.class, "prune"),
    PLAN_PRUNE(NoOptions.class, "plan-prune"),
    PRUNE_REMOTE(PruneOptions.class, "prune"),
    PLAN_PRUNE_REMOTE(NoOptions.class, "plan-prune"),
    UPLOAD(LabelOptions.class, "upload"),
    FETCH(LabelOptions.class, "fetch"),
    COPY(LabelOptions.class, "copy"),
    VERIFY_REMOTE(LabelOptions.class, "verify-remote");

    private final Class<? extends RunOptions> options;
    private final String route;
    private final String ofDatasources;

    Operation(Class<? extends RunOptions> options, String route) {
        this(options, route, route);
    }

    Operation(Class<? extends RunOptions> options, String route, String ofDatasources) {
        this.options = options;
        this.route = route;
        this.ofDatasources = ofDatasources;
    }

    /** Whether these are options that it has. */
    boolean takes(RunOptions chosen) {
        return options.isInstance(chosen);
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

    /** True for what changes the stack, starts something in it or goes on there; false for what is about backups alone. */
    public boolean needsStack() {
        return this == BACKUP || this == RESTORE || this == UNDO;
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
