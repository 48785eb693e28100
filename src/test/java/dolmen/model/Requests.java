package dolmen.model;

import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunOptions.ExportOptions;
import dolmen.model.RunOptions.PruneOptions;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.model.RunOptions.UndoOptions;

/** Requests as a command line makes them. */
public final class Requests {
    private static final String RESTORE = "20261124-020000-123-restore";

    private Requests() {}

    public static RunRequest backup(Kind kind) {
        return new RunRequest(Operation.BACKUP, Origin.COMMAND, new BackupOptions(kind));
    }

    /** The undo of this restore, nothing confirmed. */
    public static RunRequest undo(String restore) {
        return undo(restore, new Consent(false, false));
    }

    public static RunRequest undo(String restore, Consent consent) {
        return new RunRequest(Operation.UNDO, Origin.COMMAND, new UndoOptions(restore, consent, false));
    }

    /** A request of any operation, as plain as it can be. */
    public static RunRequest any(Operation operation, Origin origin) {
        return switch (operation) {
            case UNDO -> new RunRequest(operation, origin, new UndoOptions(RESTORE, new Consent(false, false), false));
            case EXPORT ->
                new RunRequest(operation, origin, new ExportOptions(new Label("20261124-020000"), "/exported"));
            default -> RunRequest.of(operation, origin);
        };
    }

    /** This request with its losses confirmed, where it has any. */
    public static RunRequest confirmed(RunRequest request) {
        return new RunRequest(request.operation(), request.origin(), request.trigger(), confirmed(request.options()));
    }

    private static RunOptions confirmed(RunOptions options) {
        if (options instanceof RestoreOptions restore) {
            return new RestoreOptions(restore.choice(), true, restore.noStart());
        }
        if (options instanceof UndoOptions undo) {
            return new UndoOptions(undo.undo(), new Consent(true, undo.consent().loseForeign()), undo.noStart());
        }
        return options instanceof PruneOptions ? new PruneOptions(true) : options;
    }
}
