package dolmen.deepstorage;

/** Where the swap of a run stands, found out from what is in deep storage alone. */
public enum SwapState {
    /** Neither new nor old content of this run is there; what was being staged does not count. */
    ABSENT,
    /** The new content is staged whole; the old one is in place. */
    STAGED,
    /** Part of the old content was moved aside. */
    MOVING_OUT,
    /** The old content is aside whole; part of the new one is in place. */
    MOVING_IN,
    /** The new content is in place; the old one is aside. */
    SWAPPED
}
