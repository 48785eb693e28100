package dolmen.deepstorage;

/** One thing that a person should know of a deep storage, and what to do about it; the hint is empty when all is well. */
public record Remark(Level level, String text, String hint) {
    /** How much it matters. */
    public enum Level {
        OK,
        INFO,
        WARNING
    }

    public static Remark ok(String text) {
        return new Remark(Level.OK, text, "");
    }
}
