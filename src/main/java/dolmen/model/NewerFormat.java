package dolmen.model;

import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Optional;

/**
 * Finds out whether JSON that cannot be read was written by a newer Dolmen, or is damaged: a newer one has members or words that are
 * not known here. Such members are not ignored, since they may change the meaning of the rest.
 */
public final class NewerFormat {
    /** What to do then. */
    public static final String HINT = "A newer Dolmen wrote it: update this one.";

    private static final String NOT_KNOWN = ", which this Dolmen does not know";

    private NewerFormat() {}

    /** What is not known here, as a clause; empty when it cannot be read for another reason. */
    public static Optional<String> in(Throwable failure) {
        if (failure instanceof UnrecognizedPropertyException member) {
            return Optional.of("it has " + named("the member", member.getPropertyName()) + NOT_KNOWN);
        }
        if (failure instanceof InvalidFormatException word
                && word.getTargetType().isEnum()) {
            return Optional.of("it has " + named("the word", String.valueOf(word.getValue())) + NOT_KNOWN);
        }
        return Optional.empty();
    }

    /** Only a plain name is repeated: the text may be of any length and hold anything. */
    private static String named(String kind, String name) {
        return name.matches("[\\w-]{1,60}") ? kind + " '" + name + "'" : kind + " of a long or strange name";
    }
}
