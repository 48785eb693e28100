package dolmen.app;

import dolmen.backup.StackInspector;
import dolmen.deepstorage.DeepStorage;
import dolmen.druid.DruidApi;
import dolmen.druid.DruidVersion;
import dolmen.druid.Tiers;
import dolmen.metabase.MetabaseData;
import dolmen.metadata.DruidMetadata;
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
import java.util.function.Function;

/** Plans a restore of everything or of single datasources. */
record RestorePlans(
        Settings settings,
        DruidMetadata metadata,
        DeepStorage storage,
        MetabaseData metabase,
        StackServices services,
        Clock clock) {
    Function<RestoreRun, Plan> of(StackInspector stack, DruidApi druid) {
        RulesPlan rules = new RulesPlan(new Tiers(druid), clock);
        RestorePlanner whole = new RestorePlanner(
                new TargetReader(metadata, stack::identity, storage.paths(), rules),
                List.of(
                        new MetadataPlan(metadata, settings.restore()),
                        new ForeignPlan(),
                        new SupervisorsPlan(settings.restore()),
                        new SegmentsPlan(storage, settings.stack().services()),
                        new MetabasePlan(metabase, settings.paths().state()),
                        new StackPlan(
                                new DruidVersion(druid),
                                services::druidDown,
                                stack::services,
                                services::whyNotRestarted),
                        new TrialPlan(metadata)));
        DatasourcePlanner single = new DatasourcePlanner(
                metadata,
                storage,
                stack::identity,
                druid::activeTasks,
                rules,
                new SelectionPlan(
                        storage, new SelectedFiles(settings.paths().state().resolve("scratch"))));
        return restore -> restore.choice().ofDatasources() ? single.apply(restore) : whole.apply(restore);
    }
}
