package dolmen.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A restore on its way through the steps: the run, the backup as it was examined, the plan, and what was found since. */
public record RestoreRun(
        Run run, Examination source, Optional<Plan> plan, Optional<DruidState> druid, List<String> details) {
    public RestoreRun {
        details = List.copyOf(details);
    }

    /** A restore whose backup was found good. */
    public static RestoreRun begin(Run run, Examination source) {
        return new RestoreRun(run, source, Optional.empty(), Optional.empty(), List.of());
    }

    public RestoreRun with(Plan made) {
        return new RestoreRun(run, source, Optional.of(made), druid, details);
    }

    public RestoreRun with(DruidState state) {
        return new RestoreRun(run, source, plan, Optional.of(state), details);
    }

    public RestoreRun tell(String line) {
        List<String> all = new ArrayList<>(details);
        all.add(line);
        return new RestoreRun(run, source, plan, druid, all);
    }

    /** What the dump of the backup holds. */
    public DumpSummary dump() {
        return source.dump().orElseThrow();
    }

    /** Whether Metabase is part of this restore: the backup has it and it was not left out. */
    public boolean withMetabase(String artifact) {
        return !run.request().skipMetabase() && java.nio.file.Files.exists(source.file(artifact));
    }
}
