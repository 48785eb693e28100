package restore;

import dolmen.metabase.MetabaseData;
import dolmen.model.RestoreRun;
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
                .transform()
                .body(RestoreRun.class, this::unpack);
    }

    private RestoreRun unpack(RestoreRun restore) {
        if (!restore.withMetabase()) {
            return restore.tell("Metabase: left as it is, "
                    + (restore.run().request().skipMetabase() ? "as was asked" : "since the backup holds none"));
        }
        metabase.stage(
                MetabaseData.fileOf(restore.source()).orElseThrow(),
                restore.run().mark());
        log.info("unpacked Metabase's database");
        return restore;
    }
}
