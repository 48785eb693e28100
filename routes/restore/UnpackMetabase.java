package restore;

import dolmen.model.RestoreRun;
import dolmen.pipeline.MetabaseData;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Lays Metabase's data of the backup beside the present one; nothing that Metabase sees changes. */
public final class UnpackMetabase extends RouteBuilder {
    private final MetabaseData metabase;

    public UnpackMetabase(MetabaseData metabase) {
        this.metabase = metabase;
    }

    @Override
    public void configure() {
        from("direct:unpack-metabase")
                .routeId("unpack-metabase")
                .routeConfigurationId(StepFailures.STEP)
                .filter(exchange ->
                        exchange.getMessage().getBody(RestoreRun.class).withMetabase())
                .transform()
                .body(RestoreRun.class, this::unpack)
                .log("unpacked Metabase's database");
    }

    private RestoreRun unpack(RestoreRun restore) {
        metabase.stage(
                MetabaseData.fileOf(restore.source()).orElseThrow(),
                restore.run().mark());
        return restore;
    }
}
