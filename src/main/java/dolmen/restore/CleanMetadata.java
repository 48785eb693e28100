package dolmen.restore;

import dolmen.metadata.DruidMetadata;
import dolmen.metadata.LoadRules;
import dolmen.metadata.MetadataDatabase;
import dolmen.model.MetadataContents;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.StackIdentity;
import dolmen.model.StoredSupervisor;
import dolmen.model.StoredSupervisor.State;
import dolmen.settings.RestoreSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Prepares loaded metadata for its start: clears tasks of the time of the backup, suspends supervisors and adds load rules, as settings and request say. */
public final class CleanMetadata {
    private final DruidMetadata metadata;
    private final RestoreSettings settings;
    private final Supplier<StackIdentity> identity;
    private final Function<Run, LoadRules> rules;

    /** {@code rules} makes the load rules that restored datasources get where the request asks to load all. */
    public CleanMetadata(
            DruidMetadata metadata,
            RestoreSettings settings,
            Supplier<StackIdentity> identity,
            Function<Run, LoadRules> rules) {
        this.rules = rules;
        this.metadata = metadata;
        this.settings = settings;
        this.identity = identity;
    }

    /** Cleans the side database of a restore; says what was done. Repeatable. */
    public List<String> clean(RestoreRun restore) {
        MetadataDatabase tables = metadata.loaded(restore.run().mark());
        MetadataContents loaded = tables.contents();
        List<String> done = new ArrayList<>();
        loaded.notes().forEach(note -> done.add("warning: " + note));
        done.add(
                settings.clearPast()
                        ? "cleared: " + tables.resetTasks(restore.dump()).words()
                        : "kept, of the time of the backup: " + loaded.past().words());
        if (restore.choice().loadAll()) {
            tables.give(rules.apply(restore.run()), restore.dump().datasources().keySet());
        }
        boolean suspend = settings.suspends(Passage.of(restore, identity.get()).sameness());
        SortedSet<String> suspended = suspend ? tables.suspendSupervisors() : new TreeSet<>();
        loaded.supervisors().values().stream()
                .filter(StoredSupervisor::exists)
                .forEach(supervisor -> done.add("supervisor " + supervisor.id() + ": "
                        + words(supervisor.state(), suspended.contains(supervisor.id())) + ", "
                        + SupervisorsPlan.offsets(supervisor, loaded)));
        return done;
    }

    private static String words(State state, boolean suspended) {
        return switch (state) {
            case RUNNING -> suspended ? "suspended by this restore" : "left running";
            case SUSPENDED -> "suspended, as it was";
            case UNREADABLE -> "cannot be read, and an overlord cannot lead with it";
            case TERMINATED -> "terminated";
        };
    }
}
