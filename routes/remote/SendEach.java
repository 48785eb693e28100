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

/** Sends each backup that a place is to get by itself, with its own retries and its own failure, but those that are there by the record. */
public final class SendEach<B> extends RouteBuilder {
    private final String step;
    private final Class<B> takes;
    private final Function<B, List<Sending>> due;
    private final IdempotentRepository record;
    private final BiFunction<B, SentBackup, B> told;

    /** {@code step} sends one backup; {@code told} adds to what the run says that one was sent. */
    public SendEach(
            String step,
            Class<B> takes,
            Function<B, List<Sending>> due,
            IdempotentRepository record,
            BiFunction<B, SentBackup, B> told) {
        this.step = step;
        this.takes = takes;
        this.due = due;
        this.record = record;
        this.told = told;
    }

    @Override
    public void configure() {
        from("direct:each-" + step)
                .routeId("each-" + step)
                .routeConfigurationId(StepFailures.RUN)
                .setProperty(StepJournal.STEP, constant(step))
                .split()
                .body(takes, due::apply)
                .aggregationStrategy(new Fold<>(takes, SentBackup.class, told))
                .idempotentConsumer()
                .body(Sending.class, Sending::key)
                .idempotentRepository(record)
                .to("direct:" + step);
    }
}
