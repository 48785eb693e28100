package restore;

import dolmen.model.RestoreRun;
import dolmen.model.Run;
import java.util.function.Function;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Finds the backup, here or in the bucket, checks its dump and its index, and finds the files of the datasources by them. */
public final class SelectDatasources extends RouteBuilder {
    private final Function<Run, RestoreRun> selection;

    public SelectDatasources(Function<Run, RestoreRun> selection) {
        this.selection = selection;
    }

    @Override
    public void configure() {
        from("direct:select-datasources")
                .routeId("select-datasources")
                .routeConfigurationId(StepFailures.STEP)
                .transform()
                .body(Run.class, selection::apply)
                .log("selected ${body.source.files} files of ${body.source.name}");
    }
}
