package dolmen.restore;

import dolmen.metabase.MetabaseData;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renames Metabase's data into place and what was there aside. */
public final class SwapMetabase implements Step<RestoreRun, RestoreRun> {
    private static final Logger LOG = LoggerFactory.getLogger(SwapMetabase.class);

    private final MetabaseData metabase;

    public SwapMetabase(MetabaseData metabase) {
        this.metabase = metabase;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.METABASE_SWAPPED);
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        if (!restore.withMetabase()) {
            return restore;
        }
        RestoreRun done = swap(restore);
        LOG.info("swapped Metabase's database in");
        return done;
    }

    private RestoreRun swap(RestoreRun restore) {
        metabase.database().swapIn(restore.run().mark());
        return restore.tell("Metabase: its database was replaced");
    }
}
