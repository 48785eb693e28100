package dolmen.http;

import dolmen.model.Label;
import dolmen.model.ProgressState;
import dolmen.model.RunId;
import dolmen.settings.Timetable.Due;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What goes on now: the run and how far it is, runs that were interrupted, which places could not be told something,
 * whether the newest verified backup is fresh, and when the next ones begin. The stamp changes when catalog, runs or dead letters do.
 */
public record Status(
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
    public record Fresh(
            Optional<Boolean> fresh, Optional<Label> newest, Optional<Long> ageSeconds, Optional<Long> limitSeconds) {}
}
