package dolmen.restore;

import dolmen.deepstorage.DeepStorage;
import dolmen.druid.ActiveTask;
import dolmen.druid.PartitionSets;
import dolmen.druid.RuleForecast;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.MetadataDatabase;
import dolmen.model.Artifact;
import dolmen.model.MetadataContents;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.StackIdentity;
import dolmen.model.StoredSupervisor;
import dolmen.model.StoredSupervisor.State;
import dolmen.model.UsedSegments;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Plans a restore of single datasources beside the running stack: what it would do, what would be lost, and why it would be refused. It
 * is refused while a task or a supervisor writes to one of them, since that would overwrite the exchanged rows. Changes nothing.
 */
public final class DatasourcePlanner implements Function<RestoreRun, Plan> {
    private final DruidMetadata metadata;
    private final DeepStorage storage;
    private final Supplier<StackIdentity> identity;
    private final Supplier<List<ActiveTask>> tasks;
    private final RulesPlan rulesPlan;
    private final SelectionPlan selection;

    /** {@code identity} finds out which stack this is; {@code tasks} asks Druid which tasks are active. */
    public DatasourcePlanner(
            DruidMetadata metadata,
            DeepStorage storage,
            Supplier<StackIdentity> identity,
            Supplier<List<ActiveTask>> tasks,
            RulesPlan rulesPlan,
            SelectionPlan selection) {
        this.selection = selection;
        this.rulesPlan = rulesPlan;
        this.metadata = metadata;
        this.storage = storage;
        this.identity = identity;
        this.tasks = tasks;
    }

    @Override
    public Plan apply(RestoreRun restore) {
        SortedSet<String> names = restore.choice().datasources();
        Passage passage = Passage.of(restore, identity.get());
        PlanDraft draft = new PlanDraft(
                String.join(", ", names) + " of " + restore.source().name() + passage.words(),
                ", beside the running services; all else stays as it is");
        draft.backup(restore.source());
        MetadataDatabase live = metadata.live();
        if (!live.exists()) {
            draft.refuse("there is no database " + live.name() + ": single datasources go into a stack that works");
            return draft.plan();
        }
        UsedSegments wanted = restore.choice()
                .wanted(metadata.dumps().usedSegments(restore.source().file(Artifact.METADATA_DUMP)));
        difference(restore, live, passage, draft);
        storage.paths()
                .foreign(wanted)
                .forEach((prefix, count) ->
                        draft.refuse(count + " used segments lie in " + prefix + ", the shared folder of this stack is "
                                + storage.paths().root()));
        selection.add(restore, draft);
        MetadataContents contents = live.contents();
        rules(restore, wanted, contents, draft);
        supervisors(contents, names, draft);
        tasks(names, draft);
        if (!draft.isRefused()) {
            metadata.datasources()
                    .tryOut(restore.source().file(Artifact.METADATA_DUMP), names)
                    .ifPresent(draft::refuse);
        }
        return draft.plan();
    }

    private void difference(RestoreRun restore, MetadataDatabase live, Passage passage, PlanDraft draft) {
        SortedSet<String> names = restore.choice().datasources();
        SegmentDifference difference = new SegmentDifference();
        metadata.dumps().prints(restore.source().file(Artifact.METADATA_DUMP)).forEach(segment -> {
            if (names.contains(segment.datasource())) {
                difference.backup(segment);
            }
        });
        live.prints().forEach(segment -> {
            if (names.contains(segment.datasource())) {
                difference.live(segment);
            }
        });
        difference.byDatasource().forEach((datasource, change) -> {
            draft.fact(datasource + ": used segments " + change.words());
            change.losses(datasource).forEach(draft::lose);
            if (change.kept() + change.changed() + change.lost() > 0) {
                passage.stranger().ifPresent(stack -> draft.lose(datasource + " of " + stack));
                passage.unnamed(restore.choice().backup()).ifPresent(draft::refuse);
            }
        });
    }

    /** Load rules stay; those of the backup come where a datasource has none. */
    private void rules(RestoreRun restore, UsedSegments wanted, MetadataContents live, PlanDraft draft) {
        SortedMap<String, String> rules = new TreeMap<>(live.rules());
        metadata.dumps().contents(restore.source().file(Artifact.METADATA_DUMP)).rules().entrySet().stream()
                .filter(entry -> restore.choice().datasources().contains(entry.getKey()))
                .forEach(entry -> rules.putIfAbsent(entry.getKey(), entry.getValue()));
        RuleForecast forecast = rulesPlan.forecast(
                rules, restore.choice().datasources(), restore.choice().loadAll());
        wanted.forEach(forecast::add);
        RulesPlan.add(forecast, draft);
        if (restore.choice().loadAll()) {
            RulesPlan.keptAside(rules, restore.choice().datasources(), draft);
        }
        PartitionSets.of(wanted).lines().forEach(line -> draft.note("warning: " + line));
    }

    private static void supervisors(MetadataContents live, SortedSet<String> names, PlanDraft draft) {
        live.supervisors().values().stream()
                .filter(supervisor -> supervisor.state() == State.RUNNING)
                .filter(supervisor -> !Collections.disjoint(supervisor.datasources(), names))
                .map(StoredSupervisor::id)
                .forEach(id -> draft.refuse("supervisor " + id
                        + " writes it: suspend it first, and resume it afterwards; it then goes on from the offsets of the"
                        + " backup"));
    }

    private void tasks(SortedSet<String> names, PlanDraft draft) {
        String busy = tasks.get().stream()
                .filter(task -> names.contains(task.datasource()))
                .map(ActiveTask::id)
                .collect(Collectors.joining(", "));
        if (!busy.isEmpty()) {
            draft.refuse("these tasks are active on it, wait for their end or shut them down: " + busy);
        }
    }
}
