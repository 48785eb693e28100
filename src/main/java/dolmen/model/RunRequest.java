package dolmen.model;

import java.util.Optional;

/**
 * What a run is asked to do: the operation, what began it, the trigger file's name, the label of the backup (empty: the
 * newest good one), or a folder with a script's files instead, whether Metabase is left out, whether what a restore
 * would lose was confirmed, the id of the restore that is undone, the kind of a backup (empty: full), and the folder of an export.
 */
public record RunRequest(
        Operation operation,
        Origin origin,
        Optional<String> trigger,
        Optional<Label> label,
        Optional<String> from,
        boolean skipMetabase,
        boolean confirmed,
        Optional<String> undo,
        Optional<Kind> kind,
        Optional<String> to) {

    /** A request with nothing but defaults; the rest is added with the methods below. */
    public static RunRequest of(Operation operation, Origin origin) {
        return new RunRequest(
                operation,
                origin,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same request, begun by this trigger file. */
    public RunRequest triggeredBy(String file) {
        return new RunRequest(
                operation, origin, Optional.of(file), label, from, skipMetabase, confirmed, undo, kind, to);
    }

    /** The same request about this backup, or about the files in this folder; about the newest good one without both. */
    public RunRequest about(Optional<Label> backup, Optional<String> folder) {
        return new RunRequest(operation, origin, trigger, backup, folder, skipMetabase, confirmed, undo, kind, to);
    }

    /** The same request, Metabase left out when told so. */
    public RunRequest skippingMetabase(boolean skip) {
        return new RunRequest(operation, origin, trigger, label, from, skip, confirmed, undo, kind, to);
    }

    /** The same request, its losses confirmed when told so. */
    public RunRequest confirmed(boolean yes) {
        return new RunRequest(operation, origin, trigger, label, from, skipMetabase, yes, undo, kind, to);
    }

    /** The same request, to undo this restore. */
    public RunRequest undoing(String run) {
        return new RunRequest(
                operation, origin, trigger, label, from, skipMetabase, confirmed, Optional.of(run), kind, to);
    }

    /** The same request, for a backup of this kind. */
    public RunRequest of(Kind wanted) {
        return new RunRequest(
                operation, origin, trigger, label, from, skipMetabase, confirmed, undo, Optional.of(wanted), to);
    }

    /** The same request, to export into this folder. */
    public RunRequest into(String folder) {
        return new RunRequest(
                operation, origin, trigger, label, from, skipMetabase, confirmed, undo, kind, Optional.of(folder));
    }

    /** The same request, begun anew from its dead letter; what was confirmed stays so. */
    public RunRequest retried() {
        return new RunRequest(operation, Origin.RETRY, trigger, label, from, skipMetabase, confirmed, undo, kind, to);
    }
}
