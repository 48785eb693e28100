package dolmen.runs;

import dolmen.model.Report;
import dolmen.model.Run;

/** Does a run and comes back with its report. */
@FunctionalInterface
public interface RunCall {
    /** {@code journalled} says whether its steps are written down. */
    Report send(Run run, boolean journalled);
}
