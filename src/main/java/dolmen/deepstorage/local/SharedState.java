package dolmen.deepstorage.local;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the shared folder stands: the folder of this machine that it is, or why it is none that this process reads; and on
 * what it lies when it is lost with its container.
 */
public record SharedState(Optional<Path> folder, String whyNot, Optional<String> fleeting) {}
