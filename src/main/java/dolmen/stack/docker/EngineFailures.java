package dolmen.stack.docker;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.exception.DockerException;
import dolmen.model.StepFailure;
import dolmen.stack.EngineAddress;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates what docker-java throws into failures that a person can act on. An exception that it does not know stays as it is. */
final class EngineFailures {
    private static final Pattern MESSAGE = Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PERMANENT =
            Pattern.compile("no space left|read-only|permission denied|quota exceeded|already in use");

    private static final int FORBIDDEN = 403;

    private final EngineAddress address;

    EngineFailures(EngineAddress address) {
        this.address = address;
    }

    /** Makes the call; its failure says what could not be done, as in "cannot stop metabase: ...". */
    <T> T call(String action, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException failure) {
            throw translated(action, failure);
        }
    }

    void run(String action, Runnable call) {
        call(action, () -> {
            call.run();
            return null;
        });
    }

    /** The failure to throw in place of this exception. */
    RuntimeException translated(String action, RuntimeException failure) {
        if (failure instanceof StepFailure) {
            return failure;
        }
        if (failure instanceof DockerException refused) {
            return refused(action, refused);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException broken) {
                return broken(action, broken);
            }
        }
        if (failure instanceof DockerClientException cut) {
            return unavailable(action, cut);
        }
        return failure;
    }

    /** The failure for a connection that broke. */
    StepFailure broken(String action, IOException broken) {
        String said = String.valueOf(broken.getMessage()).toLowerCase(Locale.ROOT);
        if (broken instanceof AccessDeniedException || said.contains("permission denied")) {
            return address.notAllowed(broken);
        }
        try {
            address.requireUsable();
        } catch (StepFailure unusable) {
            return new StepFailure.Failed(unusable.getMessage(), unusable.hint(), broken);
        }
        return unavailable(action, broken);
    }

    private StepFailure unavailable(String action, Exception cause) {
        return new StepFailure.Unavailable(
                "cannot " + action + ": the Docker engine at " + address + " does not answer: " + cause.getMessage(),
                "Is the engine up? Ask it with 'docker info'.",
                cause);
    }

    private StepFailure refused(String action, DockerException refused) {
        String said = said(refused);
        String message = "cannot " + action + ": the Docker engine says: " + said;
        boolean permanent = PERMANENT.matcher(said.toLowerCase(Locale.ROOT)).find();
        if (refused.getHttpStatus() >= 500 && !permanent) {
            return new StepFailure.Unavailable(message, "See the engine's own log.", refused);
        }
        return new StepFailure.Failed(
                message,
                refused.getHttpStatus() == FORBIDDEN
                        ? "Does a proxy or a plug-in refuse this call? docs/docker-api.md lists those that Dolmen needs."
                        : "Do what the engine says, or look at 'docker ps -a'.",
                refused);
    }

    private static String said(DockerException refused) {
        String text = String.valueOf(refused.getMessage()).strip();
        Matcher message = MESSAGE.matcher(text);
        return message.find() ? message.group(1).replace("\\\"", "\"").replace("\\n", " ") : text;
    }
}
