package shared;

import java.util.function.BiFunction;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Adds what each message of a splitter has become to the body that was split; a message that has become nothing adds nothing. */
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

    /** A splitter calls the other one. */
    @Override
    public Exchange aggregate(Exchange before, Exchange made) {
        throw new UnsupportedOperationException("only what a splitter has split can be added to");
    }
}
