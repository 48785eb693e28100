package dolmen.app;

import static shared.StepRoute.step;

import dolmen.catalog.BackupFetch;
import dolmen.catalog.BackupFolders;
import dolmen.deepstorage.DeepStorage;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.restore.AddSegments;
import dolmen.restore.DatasourceSelection;
import dolmen.restore.FetchBackup;
import dolmen.restore.FetchDatasources;
import dolmen.restore.SelectDatasources;
import dolmen.restore.SelectedFiles;
import dolmen.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.RoutesBuilder;
import restore.PlanDatasourcesRoute;
import restore.RestoreDatasourcesRoute;
import restore.SelectBackup;

/** The routes that find a backup, here or in the bucket, and what single datasources need of it. */
record SelectionRoutes(Settings settings, DeepStorage storage, MetadataDumps dumps, Clock clock) {
    List<RoutesBuilder> of(BackupFolders folders, Optional<BackupFetch> bucket, Function<RestoreRun, Plan> planner) {
        SelectedFiles selected = new SelectedFiles(settings.paths().state().resolve("scratch"));
        DatasourceSelection selection = new DatasourceSelection(folders, bucket, storage.paths(), selected, dumps);
        return List.of(
                step("fetch-backup", Run.class, new FetchBackup(bucket)),
                new SelectBackup(folders),
                new RestoreDatasourcesRoute(selected::tidy, clock),
                new PlanDatasourcesRoute(planner, selected::tidy, clock),
                step("select-datasources", Run.class, new SelectDatasources(selection::select)),
                step("fetch-datasources", RestoreRun.class, new FetchDatasources(selection::fetch)),
                step(
                        "add-segments",
                        RestoreRun.class,
                        new AddSegments(storage, restore -> selected.of(restore).tar(restore.source()))));
    }
}
