package shared;

import java.util.function.BiFunction;
import org.apache.camel.AggregationStrategy;

/** Joins a body that Camel's Claim Check has put aside with what the steps since then have made. */
public final class Claims {
    private Claims() {}

    /** The aggregation for the Claim Check's Pop: {@code join} gets the body that was put aside, and the present one. */
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
