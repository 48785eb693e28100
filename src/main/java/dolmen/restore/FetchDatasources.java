package dolmen.restore;

import dolmen.model.RestoreRun;
import dolmen.model.Step;
import java.util.function.ToLongFunction;

/** Fetches the ranges of the archives that hold the files, where the backup lies in the bucket. */
public final class FetchDatasources implements Step<RestoreRun, RestoreRun> {
    private final ToLongFunction<RestoreRun> fetch;

    /** {@code fetch} returns the bytes that it fetched. */
    public FetchDatasources(ToLongFunction<RestoreRun> fetch) {
        this.fetch = fetch;
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        long bytes = fetch.applyAsLong(restore);
        return bytes == 0 ? restore : restore.tell("fetched from the bucket: " + bytes + " bytes of its archives");
    }
}
