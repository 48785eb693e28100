package dolmen.stack.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.time.Duration;

/**
 * What is done with whole containers, by id or name. Throws docker-java's exceptions as they come; {@link DockerHost}
 * makes failures of them.
 */
public interface Containers {
    /** How the container stands now. */
    InspectContainerResponse inspect(String container);

    /** Stops the container and waits; after the limit the engine kills it. A stopped one is left alone. */
    void stop(String container, Duration limit);

    /** Starts the container. A running one is left alone. */
    void start(String container);

    /** Creates the container, waits until it has ended, and removes it whatever happens. Returns its exit status. */
    int runThrowAway(ThrowAway container);

    /** Removes the container, running or not, but none of its volumes. One that does not exist is fine. */
    void remove(String container);
}
