package dolmen.model;

/** A password or a key. Prints as {@code ***}; {@link #reveal()} is called only where it is handed to its user. */
public record Secret(String value) {
    /** The secret itself: never log it, never put it into a process's arguments. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
