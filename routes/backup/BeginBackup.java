package backup;

import dolmen.catalog.Catalog;
import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.Run;
import dolmen.model.StackIdentity;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Finds the stack, removes what unfinished backups left, sees to room, and makes the staging folder, whose name is the label. */
public final class BeginBackup extends RouteBuilder {
    private final Catalog catalog;
    private final Supplier<StackIdentity> stack;
    private final Runnable requireRoom;

    /** {@code requireRoom} refuses a backup that will not fit into the catalog. */
    public BeginBackup(Catalog catalog, Supplier<StackIdentity> stack, Runnable requireRoom) {
        this.catalog = catalog;
        this.stack = stack;
        this.requireRoom = requireRoom;
    }

    @Override
    public void configure() {
        from("direct:begin-backup")
                .routeId("begin-backup")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(Run.class, this::begin)
                .log("began backup ${body.label}");
    }

    private BackupRun begin(Run run) {
        StackIdentity identity = stack.get();
        catalog.removeStaging();
        requireRoom.run();
        Path staging = catalog.stage(run.begun());
        return BackupRun.begin(run, new Label(staging.getFileName().toString()), staging, identity);
    }
}
