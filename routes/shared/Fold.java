package shared;

import java.util.function.BiFunction;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * The aggregation of a splitter that adds the result of each part to the body that was split. A part that was skipped or that failed
 * has no result, and adds nothing.
 *
 * @param <A> the body that was split
 * @param <B> the result of a part
 */
public final class Fold<A, B> implements AggregationStrategy {
    private final Class<A> whole;
    private final Class<B> part;
    private final BiFunction<A, B, A> add;

    public Fold(Class<A> whole, Class<B> part, BiFunction<A, B, A> add) {
        this.whole = whole;
        this.part = part;
        this.add = add;
    }

    @Override
    public Exchange aggregate(Exchange before, Exchange made, Exchange split) {
        Object body = made.getMessage().getBody();
        if (part.isInstance(body)) {
            split.getMessage().setBody(add.apply(split.getMessage().getBody(whole), part.cast(body)));
        }
        return split;
    }

    /** Not called: a splitter hands over the body that was split, too. */
    @Override
    public Exchange aggregate(Exchange before, Exchange made) {
        throw new UnsupportedOperationException("only what a splitter has split can be added to");
    }
}
