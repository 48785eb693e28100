package dolmen.druid;

/** A supervisor of a stream: its id, its state in Druid's words, and whether it is healthy or suspended. */
public record SupervisorState(String id, String state, boolean healthy, boolean suspended) {}
