package dolmen.model;

import dolmen.model.RunOptions.RestoreOptions;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A restore on its way through the steps: each step returns it with what it has found.
 *
 * @param run the run
 * @param source the backup as it was examined
 * @param leftDown the services that stay down although Druid needs them
 * @param plan the plan by which the restore was allowed
 * @param druid what Druid serves, once that was verified
 * @param details lines for the report
 * @param foreseen tells of a loss whether it was known when the restore was planned
 */
public record RestoreRun(
        Run run,
        BackupContents source,
        List<String> leftDown,
        Optional<Plan> plan,
        Optional<DruidState> druid,
        List<String> details,
        Predicate<String> foreseen) {
    public RestoreRun {
        leftDown = List.copyOf(leftDown);
        details = List.copyOf(details);
    }

    /** A restore whose backup was found good. */
    public static RestoreRun begin(Run run, BackupContents source) {
        return new RestoreRun(run, source, List.of(), Optional.empty(), Optional.empty(), List.of(), loss -> false);
    }

    /** These services stay down, as the run was asked to leave them. */
    public RestoreRun leaving(List<String> down) {
        return new RestoreRun(run, source, down, plan, druid, details, foreseen);
    }

    /** It goes by this plan. */
    public RestoreRun with(Plan made) {
        return new RestoreRun(run, source, leftDown, Optional.of(made), druid, details, foreseen);
    }

    /** Druid was found to serve this. */
    public RestoreRun with(DruidState state) {
        return new RestoreRun(run, source, leftDown, plan, Optional.of(state), details, foreseen);
    }

    /** It knows these losses, which were there when it was planned. */
    public RestoreRun foreseeing(Predicate<String> losses) {
        return new RestoreRun(run, source, leftDown, plan, druid, details, losses);
    }

    /** Adds a line for the report. */
    public RestoreRun tell(String line) {
        List<String> all = new ArrayList<>(details);
        all.add(line);
        return new RestoreRun(run, source, leftDown, plan, druid, all, foreseen);
    }

    /** What went where, for a sentence. */
    public String subject() {
        return plan.map(Plan::subject).orElseGet(source::name);
    }

    /** How it was proven, for the end of a sentence. */
    public String proof() {
        return druid.isPresent()
                ? ", verified by Druid's API"
                : "; nothing could be proven by Druid's API, since services were left down";
    }

    /** What was chosen; a plan is that of a restore that confirms nothing and starts what is down. */
    public RestoreOptions options() {
        return run.request().options() instanceof RestoreOptions restore
                ? restore
                : new RestoreOptions(choice(), false, false);
    }

    /** What of the backup goes into the stack. */
    public RestoreChoice choice() {
        return run.request().choice();
    }

    /** What the dump of the backup holds. */
    public DumpSummary dump() {
        return source.dump().orElseThrow();
    }

    /** Whether Metabase is part of this restore: the backup has its data and it was not left out. */
    public boolean withMetabase() {
        return !choice().skipMetabase()
                && Stream.of(Artifact.METABASE_ARCHIVE, Artifact.METABASE_DUMP)
                        .anyMatch(name -> Files.isRegularFile(source.file(name)));
    }
}
