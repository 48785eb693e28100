package dolmen.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.archive.SafeFiles;
import dolmen.model.Json;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure;
import dolmen.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which stack this Dolmen is for. Its name is a setting; the rest is what the stack itself says, and what the state folder
 * remembers of the last backup that was made of it, for when it does not answer.
 */
public final class OwnStack {
    private static final Logger LOG = LoggerFactory.getLogger(OwnStack.class);
    private static final int LARGEST = 1 << 20;

    private final Path file;
    private final Optional<String> name;

    public OwnStack(Path state, Optional<String> name) {
        this.file = state.resolve("stack.json");
        this.name = name;
    }

    /** The one of the settings. */
    public static OwnStack of(Settings settings) {
        return new OwnStack(settings.paths().state(), settings.stack().name());
    }

    /** What is known without asking the stack; perhaps nothing. */
    public StackIdentity known() {
        return remembered().orElse(StackIdentity.UNKNOWN).named(name);
    }

    /**
     * What is known when {@code live} may be asked, which asks the stack. A name decides without it; where it cannot be
     * asked, what is remembered counts. Where nothing tells, the log says so, and no backup is known to be of this stack.
     */
    public StackIdentity ask(Supplier<StackIdentity> live) {
        if (name.isPresent()) {
            return known();
        }
        try {
            return live.get();
        } catch (StepFailure silent) {
            StackIdentity known = known();
            if (!known.canBeTold()) {
                LOG.warn(
                        "nothing tells which stack this is, so no backup is known to be of it: {} HINT: {} Or name it:"
                                + " dolmen.stack.name.",
                        silent.getMessage(),
                        silent.hint());
                return known;
            }
            LOG.info("took the stack for the one of the last backup: {}", silent.getMessage());
            return known;
        }
    }

    /** Remembers the stack, of which a backup is about to be published. */
    public void remember(StackIdentity stack) {
        try {
            SafeFiles.write(
                    SafeFiles.folder(file.toAbsolutePath().getParent()).resolve(file.getFileName()),
                    Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(stack));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write a stack as JSON", impossible);
        } catch (StepFailure unwritable) {
            LOG.warn("cannot remember which stack this is: {} HINT: {}", unwritable.getMessage(), unwritable.hint());
        }
    }

    private Optional<StackIdentity> remembered() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(SafeFiles.read(file, LARGEST), StackIdentity.class));
        } catch (IOException unreadable) {
            LOG.warn("passed over {}, which cannot be read: {}", file, unreadable.getMessage());
            return Optional.empty();
        }
    }
}
