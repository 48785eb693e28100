package restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Milestone;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import dolmen.runs.RunJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which restores that failed are put back, and what their reports are made of. */
class RollBackRestoreTest {
    @TempDir
    Path state;

    private final CamelContext context = new DefaultCamelContext();
    private final List<String> done = new ArrayList<>();
    private RunJournal journal;
    private Run restore;
    private boolean cannotPutBack;

    @BeforeEach
    void the_route_between_what_puts_back_and_what_gives_up() throws Exception {
        journal = new RunJournal(state, Clock.systemUTC());
        restore = journal.begin(RunRequest.of(Operation.RESTORE, Origin.COMMAND));
        context.addRoutes(new RollBackRestore(journal));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:put-back-restore").errorHandler(noErrorHandler()).process(exchange -> {
                    done.add("put back");
                    if (cannotPutBack) {
                        throw new Failed("could not put everything back", "Mend it.");
                    }
                });
                from("direct:give-up").process(exchange -> done.add(cause(exchange)));
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void a_restore_that_failed_on_its_way_is_put_back_and_owes_nothing() {
        fail("swap-segments", Milestone.SEGMENTS_SWAPPED);

        assertThat(done).containsExactly("put back", "broken");
        assertThat(interruptedOnceReported()).isEmpty();
    }

    @Test
    void what_could_not_be_put_back_is_owed_and_said() {
        cannotPutBack = true;

        fail("swap-segments", Milestone.SEGMENTS_SWAPPED);

        assertThat(done).containsExactly("put back", "broken; then Dolmen could not put everything back");
        assertThat(interruptedOnceReported()).hasSize(1);
    }

    /** What it replaced may be dropped in part: putting back the other part would leave a stack that is half of two. */
    @Test
    void a_restore_that_failed_while_it_dropped_what_it_replaced_is_not_put_back() {
        journal.beginStep(restore.id(), "verify-restore", Optional.of(Milestone.VERIFIED));
        journal.endStep(restore.id(), "verify-restore", Optional.empty());

        fail("keep-safety-copy", Milestone.KEPT);

        assertThat(done)
                .singleElement()
                .asString()
                .startsWith("the restore stands")
                .endsWith("broken");
        assertThat(interruptedOnceReported()).hasSize(1);
    }

    private void fail(String step, Milestone milestone) {
        journal.beginStep(restore.id(), step, Optional.of(milestone));
        journal.endStep(restore.id(), step, Optional.of("broken"));
        context.createProducerTemplate().send("direct:roll-back-restore", exchange -> {
            exchange.getMessage().setBody(restore);
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new Failed("broken", "Mend it."));
        });
    }

    private List<Run> interruptedOnceReported() {
        journal.end(Report.failure(restore, "", new Failed("broken", "Mend it."), restore.begun()));
        return journal.interrupted();
    }

    private static String cause(Exchange exchange) {
        return exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class).getMessage();
    }
}
