package dolmen.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunOptions.ExportOptions;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunOptions.NoOptions;
import dolmen.model.RunOptions.PlanOptions;
import dolmen.model.RunOptions.PruneOptions;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.model.RunOptions.UndoOptions;
import dolmen.model.RunOptions.VerifyOptions;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A request as every version writes it: the options of all operations side by side, those that the operation does not
 * have at their defaults. What older versions wrote lacks the members that came later, which then have their defaults too.
 */
record WrittenRequest(
        Operation operation,
        Origin origin,
        Optional<String> trigger,
        Optional<Label> label,
        Optional<String> from,
        boolean skipMetabase,
        boolean confirmed,
        Optional<String> undo,
        Optional<Kind> kind,
        Optional<String> to,
        @JsonSetter(nulls = Nulls.AS_EMPTY) SortedSet<String> datasources,
        boolean noStart,
        boolean loseForeign,
        boolean loadAll,
        @JsonSetter(nulls = Nulls.AS_EMPTY) SortedSet<String> acceptMissing) {

    /** A request whose options have their defaults. */
    WrittenRequest(Operation operation, Origin origin, Optional<String> trigger) {
        this(
                operation,
                origin,
                trigger,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Collections.emptySortedSet(),
                false,
                false,
                false,
                Collections.emptySortedSet());
    }

    /** All members of a request, in their order. */
    static ObjectNode of(RunRequest request) {
        ObjectNode members =
                Json.MAPPER.valueToTree(new WrittenRequest(request.operation(), request.origin(), request.trigger()));
        members.setAll(Json.MAPPER.<ObjectNode>valueToTree(request.options()));
        return members;
    }

    /** Without the members that this operation does not have. */
    RunRequest request() {
        return new RunRequest(operation, origin, trigger, options());
    }

    private RunOptions options() {
        return switch (operation) {
            case BACKUP -> new BackupOptions(kind, acceptMissing);
            case RESTORE -> new RestoreOptions(choice(), confirmed, noStart);
            case PLAN -> new PlanOptions(choice());
            case UNDO -> new UndoOptions(needed("undo", undo), new Consent(confirmed, loseForeign), noStart);
            case VERIFY -> new VerifyOptions(backup());
            case UPLOAD, FETCH, COPY, VERIFY_REMOTE -> new LabelOptions(label);
            case EXPORT -> new ExportOptions(needed("label", label), needed("to", to));
            case PRUNE, PRUNE_REMOTE -> new PruneOptions(confirmed);
            case PLAN_PRUNE, PLAN_PRUNE_REMOTE -> new NoOptions();
        };
    }

    private BackupChoice backup() {
        return new BackupChoice(label, from);
    }

    private RestoreChoice choice() {
        return new RestoreChoice(backup(), skipMetabase, datasources, loseForeign, loadAll);
    }

    private <T> T needed(String member, Optional<T> value) {
        return value.orElseThrow(() ->
                new IllegalArgumentException("a request of " + operation.word() + " without the member " + member));
    }
}
