package dolmen.stack;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The engine that the containers of a stack run in. Throws as {@link Host} does. */
public interface Engine {
    /** Its version, its machine and its address, to be shown. */
    String describe();

    EngineAddress address();

    /** The clock of its machine, as it was when it answered. */
    Instant time();

    /** All of its containers, running or not, of whatever stack. */
    List<FoundContainer> containers();

    /** The text of a small file of a container, running or not; empty when there is none. */
    Optional<String> text(FoundContainer container, String path);
}
