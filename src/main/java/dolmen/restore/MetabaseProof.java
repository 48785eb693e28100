package dolmen.restore;

import dolmen.druid.Pace;
import dolmen.metabase.MetabaseApi;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.Place;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.MetabaseSaid;
import dolmen.model.RestoreRun;
import dolmen.model.StepFailure.Failed;
import java.time.Duration;

/** Whether Metabase has opened the database that was restored: asked of Metabase itself, which alone knows. */
public final class MetabaseProof {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MetabaseApi api;
    private final MetabaseData data;
    private final Duration limit;
    private final Pace pace;

    /** @param limit how long Metabase may take until it is healthy, as {@code dolmen.metabase.limit} says */
    public MetabaseProof(MetabaseApi api, MetabaseData data, Duration limit, Pace pace) {
        this.api = api;
        this.data = data;
        this.limit = limit;
        this.pace = pace;
    }

    /**
     * Waits until Metabase answers, and gives a line for the report.
     *
     * @throws Failed when it stays silent, or has no user although the restored database has some
     */
    public String check(RestoreRun restore) {
        if (!api.isKnown()) {
            return api.ask().words();
        }
        MetabaseSaid said = await();
        ApplicationDatabaseCopy held = data.held(restore.source()).orElseThrow();
        if (said.silence().isPresent()) {
            throw new Failed(
                    "metabase does not answer after the restore: "
                            + said.silence().get(),
                    "Look at Metabase's log, and at dolmen.metabase.url.");
        }
        long users = held.counts().getOrDefault("core_user", 0L);
        boolean had = users > 0 || held.said().flatMap(MetabaseSaid::users).orElse(false);
        if (had && !said.users().orElseThrow()) {
            Place place = data.database().place();
            throw new Failed(
                    "metabase has opened another database than the restored one: it says that it has no user"
                            + " (has-user-setup is false), the backup's database has " + (users > 0 ? users : "some")
                            + "; dolmen finds its data in " + place.inShort(),
                    place.hint());
        }
        return said.words();
    }

    private MetabaseSaid await() {
        Duration end = pace.now().plus(limit);
        MetabaseSaid said = api.ask();
        while (said.silence().isPresent() && pace.now().compareTo(end) < 0) {
            pace.pause(PAUSE);
            said = api.ask();
        }
        return said;
    }
}
