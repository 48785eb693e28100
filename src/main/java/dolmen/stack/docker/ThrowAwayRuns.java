package dolmen.stack.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Frame;
import dolmen.stack.Outcome;
import dolmen.stack.Tail;
import dolmen.stack.Uninterrupted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs scripts in throw-away containers beside a service's container and brings back what they said on stderr. */
final class ThrowAwayRuns {
    private static final Logger LOG = LoggerFactory.getLogger(ThrowAwayRuns.class);
    private static final int LOG_LIMIT = 30;

    private final Supplier<String> owner;
    private final DockerClient client;
    private final Containers containers;
    private final EngineFailures failures;

    ThrowAwayRuns(Supplier<String> owner, DockerClient client, Containers containers, EngineFailures failures) {
        this.owner = owner;
        this.client = client;
        this.containers = containers;
        this.failures = failures;
    }

    /** The image is named by its id: the tag may mean another image by now. */
    Outcome run(String service, InspectContainerResponse container, String script, Optional<Path> folder) {
        Tail stderr = new Tail();
        ThrowAway throwAway = new ThrowAway(
                ThrowAway.newName(owner.get()),
                container.getImageId(),
                script,
                container.getId(),
                folder,
                name -> copyLog(name, stderr));
        try {
            int status = failures.call("run a script beside " + service, () -> containers.runThrowAway(throwAway));
            return new Outcome(status, stderr.text());
        } catch (RuntimeException failed) {
            Uninterrupted.run(() -> removeAfter(throwAway.name(), failed));
            throw failed;
        }
    }

    private void copyLog(String name, Tail stderr) {
        try (ResultCallback.Adapter<Frame> copied = client.logContainerCmd(name)
                .withStdErr(true)
                .withTailAll()
                .exec(new ResultCallback.Adapter<>() {
                    @Override
                    public void onNext(Frame frame) {
                        stderr.write(frame.getPayload(), 0, frame.getPayload().length);
                    }
                })) {
            if (!copied.awaitCompletion(LOG_LIMIT, TimeUnit.SECONDS)) {
                LOG.warn("the log of {} did not end within {} s", name, LOG_LIMIT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw failures.broken("read the log of " + name, broken);
        }
    }

    /** A second try: the container was removed already, unless the connection broke. */
    private void removeAfter(String name, RuntimeException why) {
        try {
            containers.remove(name);
        } catch (RuntimeException failed) {
            why.addSuppressed(failed);
        }
    }
}
