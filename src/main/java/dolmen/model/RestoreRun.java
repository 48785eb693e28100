package dolmen.model;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A restore on its way through the steps: the run, the backup as it was examined, whether the
 * stack was created for it, the plan, and what was found since. */
public record RestoreRun(
        Run run,
        Examination source,
        boolean fresh,
        Optional<Plan> plan,
        Optional<DruidState> druid,
        List<String> details) {
    public RestoreRun {
        details = List.copyOf(details);
    }

    /** A restore whose backup was found good. */
    public static RestoreRun begin(Run run, Examination source) {
        return new RestoreRun(run, source, false, Optional.empty(), Optional.empty(), List.of());
    }

    /** The stack's containers did not exist and were created for this restore. */
    public RestoreRun created() {
        return new RestoreRun(run, source, true, plan, druid, details);
    }

    public RestoreRun with(Plan made) {
        return new RestoreRun(run, source, fresh, Optional.of(made), druid, details);
    }

    public RestoreRun with(DruidState state) {
        return new RestoreRun(run, source, fresh, plan, Optional.of(state), details);
    }

    public RestoreRun tell(String line) {
        List<String> all = new ArrayList<>(details);
        all.add(line);
        return new RestoreRun(run, source, fresh, plan, druid, all);
    }

    /** What the dump of the backup holds. */
    public DumpSummary dump() {
        return source.dump().orElseThrow();
    }

    /** Whether Metabase is part of this restore: the backup has its data and it was not left out. */
    public boolean withMetabase() {
        return !run.request().skipMetabase()
                && Stream.of(Artifact.METABASE_ARCHIVE, Artifact.METABASE_DUMP)
                        .anyMatch(name -> Files.isRegularFile(source.file(name)));
    }
}
