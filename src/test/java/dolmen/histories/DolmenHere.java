package dolmen.histories;

import dolmen.app.Application;
import dolmen.app.ApplicationDatabases;
import dolmen.app.DeepStorages;
import dolmen.app.MetadataStores;
import dolmen.app.SendTargets;
import dolmen.app.Surroundings;
import dolmen.histories.files.Fuse;
import dolmen.histories.files.Killed;
import dolmen.histories.standins.StoryClock;
import dolmen.histories.standins.StoryPace;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.progress.Display;
import dolmen.settings.Settings;
import dolmen.stack.memory.MemoryHost;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.CamelContext;

/** Dolmen's objects in this JVM. An Error kills them; then new ones go on with the same folders. */
final class DolmenHere implements Dolmen {
    private final Settings settings;
    private final StoryClock clock;
    private final MemoryHost host;
    private Application dolmen;
    private CamelContext context;

    DolmenHere(Settings settings, StoryClock clock, MemoryHost host) {
        this.settings = settings;
        this.clock = clock;
        this.host = host;
    }

    @Override
    public Ended run(RunRequest request, int callsUntilKilled) {
        return alive(callsUntilKilled, application -> application.run(request));
    }

    @Override
    public Ended recover(int callsUntilKilled) {
        return alive(callsUntilKilled, application -> {
            application.recover();
            return null;
        });
    }

    private Ended alive(int callsUntilKilled, Function<Application, Report> action) {
        begin();
        Report report = null;
        Fuse.light(callsUntilKilled);
        try {
            report = action.apply(dolmen);
        } catch (Killed killed) {
            report = null;
        } catch (RuntimeException failed) {
            if (!Fuse.isDead()) {
                Fuse.end();
                throw failed;
            }
        }
        Optional<String> killed = Fuse.killedBefore();
        if (killed.isPresent()) {
            close();
        }
        int calls = Fuse.end();
        return new Ended(killed.isPresent() ? Optional.empty() : Optional.ofNullable(report), killed, calls);
    }

    private void begin() {
        if (dolmen == null) {
            dolmen = new Application(
                    settings,
                    Map.of(),
                    Display.NONE,
                    new Surroundings(
                            clock,
                            made -> {
                                context = made;
                                return host;
                            },
                            MetadataStores.ALL,
                            DeepStorages.KNOWN,
                            ApplicationDatabases.kinds(),
                            SendTargets.ALL,
                            new StoryPace()));
            dolmen.start();
            Hooks.forget();
        }
    }

    @Override
    public List<String> down() {
        return host.down();
    }

    /** What an Error broke off would be waited for. */
    @Override
    public void close() {
        if (dolmen != null) {
            context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            context.getShutdownStrategy().setTimeout(1);
            dolmen.close();
            dolmen = null;
        }
    }
}
