package restore;

import dolmen.metabase.MetabaseData;
import dolmen.model.RestoreRun;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Renames Metabase's data into place and what was there aside. */
public final class SwapMetabase extends RouteBuilder {
    private final MetabaseData metabase;

    public SwapMetabase(MetabaseData metabase) {
        this.metabase = metabase;
    }

    @Override
    public void configure() {
        from("direct:swap-metabase")
                .routeId("swap-metabase")
                .routeConfigurationId(StepFailures.STEP)
                .filter(exchange ->
                        exchange.getMessage().getBody(RestoreRun.class).withMetabase())
                .transform()
                .body(RestoreRun.class, this::swap)
                .log("swapped Metabase's database in");
    }

    private RestoreRun swap(RestoreRun restore) {
        metabase.swapIn(restore.run().mark());
        return restore.tell("Metabase: its database was replaced");
    }
}
