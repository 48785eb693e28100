package dolmen.notices;

import dolmen.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports for {@code dolmen status} and the page which places did not get their notices: a line for each such place. */
public final class UnsentNotices {
    private final List<String> places;
    private final NoticeRecords records;
    private final Outbox outbox;

    public UnsentNotices(Settings settings, Clock clock) {
        this.places = settings.notices().identities();
        this.records = new NoticeRecords(settings.paths().state());
        this.outbox = new Outbox(settings.paths().state(), clock);
    }

    /** The lines; empty when all was sent. */
    public List<String> lines() {
        Map<String, String> problems = records.read().unsent();
        return places.stream()
                .map(place -> line(place, Optional.ofNullable(problems.get(place)), outbox.waiting(place)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> line(String place, Optional<String> problem, int waiting) {
        String waits = waiting == 0 ? "" : " (" + waiting + (waiting == 1 ? " waits)" : " wait)");
        return problem.or(() ->
                        Optional.of(place + " HINT: `dolmen run` sends it").filter(line -> waiting > 0))
                .map(line -> line + waits);
    }
}
