package dolmen.runs;

/** What is owed to a run that ended before it was done. */
public enum Remedy {
    /** It has changed nothing: services that it stopped are started, those that it started are stopped. */
    SERVICES_AS_BEFORE,
    /** Druid serves its old data all the time: what was brought beside them is taken out, and services are as before whether that works or not. */
    TAKE_OUT,
    /** The live data may be half of two: Druid's services are down until all of it has its old name again. */
    PUT_BACK,
    /** What it made stands, and what is left of its end is done. */
    STANDS,
    /** There is no way back: it is sent through its route again, which goes on from where it was. */
    GO_ON
}
