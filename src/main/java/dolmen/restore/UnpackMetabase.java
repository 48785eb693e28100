package dolmen.restore;

import dolmen.metabase.MetabaseData;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.RestoreRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays Metabase's data of the backup beside the present one; nothing that Metabase sees changes. */
public final class UnpackMetabase implements MeteredStep<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(UnpackMetabase.class);

    private final MetabaseData metabase;

    public UnpackMetabase(MetabaseData metabase) {
        this.metabase = metabase;
    }

    @Override
    public RestoreRun run(RestoreRun restore, Meter meter) {
        if (!restore.withMetabase()) {
            return restore.tell("Metabase: left as it is, "
                    + (restore.choice().skipMetabase() ? "as was asked" : "since the backup holds none"));
        }
        metabase.database()
                .stage(
                        MetabaseData.fileOf(restore.source()).orElseThrow(),
                        restore.run().mark(),
                        meter);
        LOG.info("unpacked Metabase's database");
        return restore;
    }
}
