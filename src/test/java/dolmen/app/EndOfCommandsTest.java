package dolmen.app;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.progress.Display;
import dolmen.restore.PlainStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command is an application that is started, called and closed. */
class EndOfCommandsTest {
    @TempDir
    Path home;

    /** A consumer of a queue looks twice whether it may end, each time after this pause. */
    @Test
    void the_end_of_a_command_is_not_held_up_by_a_queue() throws Exception {
        PlainStack stack = new PlainStack(home, PostgresFixture.shared());
        CamelContext context = new DefaultCamelContext();
        try (Application dolmen = new Application(stack.application(), Map.of(), Display.NONE, context)) {
            dolmen.start();
            List<SedaEndpoint> queues = context.getEndpoints().stream()
                    .filter(SedaEndpoint.class::isInstance)
                    .map(SedaEndpoint.class::cast)
                    .filter(queue -> !queue.getConsumers().isEmpty())
                    .toList();
            assertThat(queues).isNotEmpty().allMatch(queue -> queue.getPollTimeout() <= 100);
        }
    }
}
