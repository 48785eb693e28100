package dolmen.stack;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs scripts in throw-away containers beside a service's container and brings back what they said on stderr. Their
 * stdout is followed while they run, and may lack its end.
 */
final class ThrowAwayRuns {
    private static final Logger log = LoggerFactory.getLogger(ThrowAwayRuns.class);
    private static final int LOG_LIMIT = 30;

    private final String owner;
    private final DockerClient client;
    private final Containers containers;
    private final EngineFailures failures;

    ThrowAwayRuns(String owner, DockerClient client, Containers containers, EngineFailures failures) {
        this.owner = owner;
        this.client = client;
        this.containers = containers;
        this.failures = failures;
    }

    /** The image is named by its id: the tag may mean another image by now. */
    Outcome run(
            String service,
            InspectContainerResponse container,
            String script,
            Optional<Path> folder,
            Optional<OutputStream> stdout) {
        Tail stderr = new Tail();
        Optional<Followed> followed = stdout.map(Followed::new);
        ThrowAway throwAway = new ThrowAway(
                ThrowAway.newName(owner),
                container.getImageId(),
                script,
                container.getId(),
                folder,
                name -> followed.ifPresent(callback -> client.logContainerCmd(name)
                        .withStdOut(true)
                        .withFollowStream(true)
                        .exec(callback)),
                name -> copyLog(name, stderr));
        try {
            int status = failures.call("run a script beside " + service, () -> containers.runThrowAway(throwAway));
            return new Outcome(status, stderr.text());
        } catch (RuntimeException failed) {
            Uninterrupted.run(() -> removeAfter(throwAway.name(), failed));
            throw failed;
        } finally {
            followed.ifPresent(Followed::end);
        }
    }

    /** Nobody depends on it: a stream that breaks is no failure of the script. */
    private static final class Followed extends ResultCallback.Adapter<Frame> {
        private final OutputStream stdout;
        private boolean ended;

        Followed(OutputStream stdout) {
            this.stdout = stdout;
        }

        @Override
        public synchronized void onNext(Frame frame) {
            try {
                if (!ended) {
                    stdout.write(frame.getPayload());
                }
            } catch (IOException refused) {
                throw new UncheckedIOException(refused);
            }
        }

        @Override
        public void onError(Throwable broken) {
            log.debug("the output of a throw-away container cannot be followed any more", broken);
        }

        private void end() {
            synchronized (this) {
                ended = true;
            }
            try {
                close();
            } catch (IOException broken) {
                log.debug("the output of an ended throw-away container closed with an error", broken);
            }
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
                log.warn("the log of {} did not end within {} s", name, LOG_LIMIT);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw failures.broken("read the log of " + name, broken);
        }
    }

    /** It was removed already, unless the connection broke: then this is the second try. */
    private void removeAfter(String name, RuntimeException why) {
        try {
            containers.remove(name);
        } catch (RuntimeException failed) {
            why.addSuppressed(failed);
        }
    }
}
