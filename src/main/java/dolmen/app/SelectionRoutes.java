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
        DatasourceSelection selection = new DatasourceSelection(
                folders, bucket, storage.paths(), settings.paths().state().resolve("scratch"), dumps);
        return List.of(
                step("fetch-backup", Run.class, new FetchBackup(bucket)),
                new SelectBackup(folders),
                new RestoreDatasourcesRoute(selection::tidy, clock),
                new PlanDatasourcesRoute(planner, selection::tidy, clock),
                step("select-datasources", Run.class, new SelectDatasources(selection::select)),
                step("fetch-datasources", RestoreRun.class, new FetchDatasources(selection::fetch)),
                step(
                        "add-segments",
                        RestoreRun.class,
                        new AddSegments(
                                storage, restore -> selection.files(restore).tar(restore.source()))));
    }
}
