package dolmen.http;

import dolmen.model.Label;
import dolmen.model.ProgressState;
import dolmen.model.RunId;
import dolmen.settings.Timetable.Due;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to {@code /api/status}: the run that goes on and how far it is, runs that were interrupted, notices that could not be
 * sent, whether the newest verified backup is fresh, and when the next backups begin. The stamp changes whenever catalog, runs or dead
 * letters change, and so tells the page when to read them anew.
 */
record Status(
        String version,
        Instant at,
        Optional<RunView> running,
        Optional<ProgressState> progress,
        List<RunId> interrupted,
        List<String> untold,
        Fresh fresh,
        List<Due> next,
        String stamp) {

    /** The newest verified backup and its age; {@code fresh} is empty where no limit is set. */
    record Fresh(
            Optional<Boolean> fresh, Optional<Label> newest, Optional<Long> ageSeconds, Optional<Long> limitSeconds) {}
}
