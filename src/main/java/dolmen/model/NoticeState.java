package dolmen.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What must be remembered between two notices.
 *
 * @param failed of each operation whose last run failed, the id of that run
 * @param fresh when the newest good backup began that was seen; without any, when it was first looked for one
 * @param stale whether the backups were stale at the last look, so that a notice was sent already
 * @param unsent of each place to which the last notice could not be sent, why
 */
public record NoticeState(
        SortedMap<String, String> failed, Optional<Instant> fresh, boolean stale, SortedMap<String, String> unsent) {
    public NoticeState {
        failed = Collections.unmodifiableSortedMap(new TreeMap<>(failed));
        unsent = Collections.unmodifiableSortedMap(new TreeMap<>(unsent));
    }

    /** The state at the very first start. */
    public static NoticeState none() {
        return new NoticeState(new TreeMap<>(), Optional.empty(), false, new TreeMap<>());
    }

    /** What this report means after all that was before. */
    public NoticeEvent eventOf(Report report) {
        if (!report.succeeded()) {
            return NoticeEvent.FAILURE;
        }
        return failed.containsKey(operation(report)) ? NoticeEvent.RECOVERY : NoticeEvent.SUCCESS;
    }

    /** The state when this report is known. */
    public NoticeState after(Report report) {
        Optional<String> run = Optional.of(report.run().id().text()).filter(id -> !report.succeeded());
        return new NoticeState(with(failed, operation(report), run), fresh, stale, unsent);
    }

    /**
     * The state after a look at the newest good backup, by whether what began then is still fresh. Without one, time counts
     * from the last that was seen, or from this first look.
     */
    public NoticeState looked(Optional<Instant> newest, Predicate<Instant> isFresh, Instant now) {
        Instant since = newest.or(() -> fresh).orElse(now);
        return new NoticeState(failed, Optional.of(since), !isFresh.test(since), unsent);
    }

    /** The state after an attempt to tell a place: what was not sent, empty when all was. */
    public NoticeState sent(String place, Optional<String> problem) {
        return new NoticeState(failed, fresh, stale, with(unsent, place, problem));
    }

    private static SortedMap<String, String> with(Map<String, String> map, String key, Optional<String> value) {
        SortedMap<String, String> changed = new TreeMap<>(map);
        value.ifPresentOrElse(text -> changed.put(key, text), () -> changed.remove(key));
        return changed;
    }

    private static String operation(Report report) {
        return report.run().request().operation().word();
    }
}
