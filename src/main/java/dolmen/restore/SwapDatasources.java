package dolmen.restore;

import dolmen.metadata.DatasourceRows;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exchanges the rows of the datasources in the live metadata, in one transaction. */
public final class SwapDatasources implements MeteredStep<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SwapDatasources.class);

    private final DatasourceRows rows;

    public SwapDatasources(DatasourceRows rows) {
        this.rows = rows;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.ROWS_SWAPPED);
    }

    @Override
    public RestoreRun run(RestoreRun restore, Meter meter) {
        RestoreRun done = swap(restore, meter);
        LOG.info("exchanged the rows");
        return done;
    }

    private RestoreRun swap(RestoreRun restore, Meter meter) {
        rows.swapIn(
                restore.source().file(Artifact.METADATA_DUMP),
                restore.choice().datasources(),
                restore.run().mark(),
                meter);
        return restore.tell("metadata: the rows of "
                + String.join(", ", restore.choice().datasources())
                + " were exchanged; pending segments of them were removed");
    }
}
