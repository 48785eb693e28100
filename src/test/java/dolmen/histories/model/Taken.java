package dolmen.histories.model;

/** A backup: the stack that it is of, what that held at the moment of the dump, and whether all of that was whole then. */
public record Taken(String stack, Snapshot moment, boolean whole) {}
