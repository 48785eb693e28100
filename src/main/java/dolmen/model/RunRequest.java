package dolmen.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What a run is asked to do: the operation, what began it, the trigger file's name, and what was chosen of the options
 * that this operation has.
 */
public record RunRequest(Operation operation, Origin origin, Optional<String> trigger, RunOptions options) {
    public RunRequest {
        if (!operation.takes(options)) {
            throw new IllegalArgumentException(operation.word() + " does not take " + options);
        }
    }

    /** A request that no trigger file begins. */
    public RunRequest(Operation operation, Origin origin, RunOptions options) {
        this(operation, origin, Optional.empty(), options);
    }

    /** With the defaults of all options; what an undo or an export is of has none. */
    public static RunRequest of(Operation operation, Origin origin) {
        return new WrittenRequest(operation, origin, Optional.empty()).request();
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RunRequest read(WrittenRequest written) {
        return written.request();
    }

    @JsonValue
    ObjectNode written() {
        return WrittenRequest.of(this);
    }

    /** Its options, of an operation that has these. */
    public <T extends RunOptions> T options(Class<T> type) {
        return type.cast(options);
    }

    /** Which backup is meant. */
    public BackupChoice backup() {
        return options.backup();
    }

    /** What of the backup goes into the stack. */
    public RestoreChoice choice() {
        return options.choice();
    }

    /** This request, begun anew from its dead letter; what was confirmed stays so. */
    public RunRequest retried() {
        return new RunRequest(operation, Origin.RETRY, trigger, options);
    }

    /** This request, begun anew by this copy of its dead letter. */
    public RunRequest repeatedBy(String file) {
        return new RunRequest(operation, Origin.RETRY, Optional.of(file), options);
    }

    /** The name of the route that does it: single datasources go another way than a whole stack. */
    public String route() {
        return choice().ofDatasources() ? operation.routeOfDatasources() : operation.route();
    }
}
