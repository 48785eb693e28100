package dolmen.restore;

import dolmen.model.Meter;
import dolmen.model.MeteredStep;
import dolmen.model.RestoreRun;
import java.util.function.ToLongBiFunction;

/** Fetches the ranges of the archives that hold the files, where the backup lies in the bucket. */
public final class FetchDatasources implements MeteredStep<RestoreRun, RestoreRun> {
    private final ToLongBiFunction<RestoreRun, Meter> fetch;

    /** {@code fetch} counts what it fetches, and returns the bytes. */
    public FetchDatasources(ToLongBiFunction<RestoreRun, Meter> fetch) {
        this.fetch = fetch;
    }

    @Override
    public RestoreRun run(RestoreRun restore, Meter meter) {
        long bytes = fetch.applyAsLong(restore, meter);
        return bytes == 0 ? restore : restore.tell("fetched from the bucket: " + bytes + " bytes of its archives");
    }
}
