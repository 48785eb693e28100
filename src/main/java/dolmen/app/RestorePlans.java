package dolmen.app;

import dolmen.backup.StackInspector;
import dolmen.deepstorage.DeepStorage;
import dolmen.druid.DruidApi;
import dolmen.druid.DruidVersion;
import dolmen.druid.Tiers;
import dolmen.metadata.DruidMetadata;
import dolmen.model.Meter;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.restore.DatasourcePlanner;
import dolmen.restore.ForeignPlan;
import dolmen.restore.MetabasePlan;
import dolmen.restore.MetadataPlan;
import dolmen.restore.RestorePlanner;
import dolmen.restore.RulesPlan;
import dolmen.restore.SegmentsPlan;
import dolmen.restore.SelectedFiles;
import dolmen.restore.SelectionPlan;
import dolmen.restore.StackPlan;
import dolmen.restore.SupervisorsPlan;
import dolmen.restore.TargetReader;
import dolmen.restore.TrialPlan;
import dolmen.settings.Settings;
import dolmen.stack.StackServices;
import java.time.Clock;
import java.util.List;
import java.util.function.BiFunction;

/** Plans a restore of everything or of single datasources. */
record RestorePlans(Settings settings, Stack stack, StackServices services, Clock clock) {
    BiFunction<RestoreRun, Meter, Plan> of(DruidApi druid) {
        StackInspector inspector = stack.inspector(settings);
        DruidMetadata metadata = stack.metadata();
        DeepStorage storage = stack.deepStorage();
        RulesPlan rules = new RulesPlan(new Tiers(druid), clock);
        RestorePlanner whole = new RestorePlanner(
                new TargetReader(metadata, inspector::identity, storage.paths(), rules),
                List.of(
                        new MetadataPlan(metadata, settings.restore()),
                        new ForeignPlan(),
                        new SupervisorsPlan(settings.restore()),
                        new SegmentsPlan(storage, settings.stack().services()),
                        new MetabasePlan(stack.metabase(), settings.paths().state()),
                        new StackPlan(
                                new DruidVersion(druid),
                                services::druidDown,
                                inspector::services,
                                services::whyNotRestarted),
                        new TrialPlan(metadata)));
        DatasourcePlanner single = new DatasourcePlanner(
                metadata,
                storage,
                inspector::identity,
                druid::activeTasks,
                rules,
                new SelectionPlan(
                        storage, new SelectedFiles(settings.paths().state().resolve("scratch"))));
        return (restore, meter) ->
                restore.choice().ofDatasources() ? single.apply(restore) : whole.apply(restore, meter);
    }
}
