package dolmen.runs;

import dolmen.model.Report;
import dolmen.model.Run;

/** How a run that a killed process left is ended: back, or forward. Each may be repeated. */
public interface Endings {
    /** Takes back whatever this restore has changed. */
    void putBack(Run restore);

    /** Keeps what this verified restore replaced, so that it can be undone. */
    void keepSafetyCopy(Run restore);

    /** Sends the run through its route again, which goes on from where it was. */
    Report goOn(Run run);
}
