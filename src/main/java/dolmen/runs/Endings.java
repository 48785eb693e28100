package dolmen.runs;

import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunMark;
import java.util.List;
import java.util.Set;

/** How what a killed process left is ended: a run back, or forward, and what is at work in the stack. Each may be repeated. */
public interface Endings {
    /** Takes back whatever this restore has changed. */
    void putBack(Run restore);

    /** Keeps what this verified restore replaced, so that it can be undone. */
    void keepSafetyCopy(Run restore);

    /** Sends the run through its route again, which goes on from where it was. */
    Report goOn(Run run);

    /** Ends what runs have left in the stack and would go on by itself; a line for each thing. */
    List<String> endEarlierRuns();

    /** Starts what runs have stopped and stops what ran for them alone, but for the runs of these marks. */
    void servicesAsBeforeBut(Set<RunMark> marks);
}
