package remote;

import dolmen.remote.Sending;
import dolmen.remote.SentBackup;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.IdempotentRepository;
import shared.Fold;
import shared.StepFailures;
import shared.StepJournal;

/**
 * Sends backups to a place, each one with its own retries and its own failure. One that the record of the place already has is
 * skipped.
 *
 * @param <B> the type of the body that is handed on, which gains what was sent
 */
public final class SendEach<B> extends RouteBuilder {
    private final String step;
    private final Class<B> type;
    private final Function<B, List<Sending>> due;
    private final IdempotentRepository record;
    private final BiFunction<B, SentBackup, B> add;

    /**
     * Sends what {@code due} gives of a body, one backup after the other by {@code step}, where {@code record} does not have it.
     * {@code add} adds a backup that was sent to the body.
     */
    public SendEach(
            String step,
            Class<B> type,
            Function<B, List<Sending>> due,
            IdempotentRepository record,
            BiFunction<B, SentBackup, B> add) {
        this.step = step;
        this.type = type;
        this.due = due;
        this.record = record;
        this.add = add;
    }

    @Override
    public void configure() {
        from("direct:each-" + step)
                .routeId("each-" + step)
                .routeConfigurationId(StepFailures.RUN)
                .setProperty(StepJournal.STEP, constant(step))
                .split()
                .body(type, due::apply)
                .aggregationStrategy(new Fold<>(type, SentBackup.class, add))
                .idempotentConsumer()
                .body(Sending.class, Sending::key)
                .idempotentRepository(record)
                .to("direct:" + step);
    }
}
