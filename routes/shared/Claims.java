package shared;

import java.util.function.BiFunction;
import org.apache.camel.AggregationStrategy;

/** What becomes of a body that was put aside by Camel's Claim Check when it is taken again. */
public final class Claims {
    private Claims() {}

    /** Makes one body of the one that was put aside and the one that the steps since have made. */
    public static <A, B> AggregationStrategy with(Class<A> aside, Class<B> made, BiFunction<A, B, ?> join) {
        return (now, claimed) -> {
            now.getMessage()
                    .setBody(join.apply(
                            claimed.getMessage().getBody(aside),
                            now.getMessage().getBody(made)));
            return now;
        };
    }
}
