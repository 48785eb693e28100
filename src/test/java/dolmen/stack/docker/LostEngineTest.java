package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.ListContainersCmd;
import dolmen.model.StepFailure;
import dolmen.stack.EngineAddress;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** An engine that goes away in the middle of a search. */
class LostEngineTest {
    private final Deque<Supplier<List<?>>> lists = new ArrayDeque<>();

    @Test
    void an_engine_that_goes_away_while_its_projects_are_listed_is_unavailable_and_no_bug() {
        lists.add(List::of);
        lists.add(List::of);
        lists.add(() -> {
            throw new IllegalStateException(new IOException("Connection reset"));
        });
        EngineFailures failures =
                new EngineFailures(new EngineAddress(URI.create("tcp://127.0.0.1:1"), Optional.empty()));
        ContainerFinder finder = new ContainerFinder(Optional.of("stack"), client(), null, failures);

        assertThatThrownBy(() -> finder.require("router"))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("Connection reset");
    }

    private DockerClient client() {
        return proxy(DockerClient.class, list());
    }

    /** A call for a list of containers that answers with the next of the lists, whatever it is filtered by. */
    private ListContainersCmd list() {
        return (ListContainersCmd) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ListContainersCmd.class},
                (self, method, arguments) ->
                        method.getName().equals("exec") ? lists.remove().get() : self);
    }

    private <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer));
    }
}
