package dolmen.model;

import java.util.Optional;

/**
 * What a run is asked to do: the operation, what began it, the trigger file's name, the label of the backup (empty: the
 * newest good one), or a folder with a script's files instead, and whether Metabase is left out.
 */
public record RunRequest(
        Operation operation,
        Origin origin,
        Optional<String> trigger,
        Optional<Label> label,
        Optional<String> from,
        boolean skipMetabase) {

    /** A request with nothing but defaults. */
    public static RunRequest of(Operation operation, Origin origin) {
        return new RunRequest(operation, origin, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** The same request, begun anew from its dead letter. */
    public RunRequest retried() {
        return new RunRequest(operation, Origin.RETRY, trigger, label, from, skipMetabase);
    }
}
