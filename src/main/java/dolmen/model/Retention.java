package dolmen.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Which backups are kept: the last ones, those that are younger than an age, and the newest one of each of the last days,
 * ISO weeks, months and years in a time zone that have one. A backup is kept when any rule keeps it. A number or an age of 0 is
 * no rule, and a policy without any rule keeps everything.
 */
public record Retention(
        int last, Optional<Duration> within, int daily, int weekly, int monthly, int yearly, ZoneId zone) {
    /** Keeps everything. */
    public static final Retention NONE = new Retention(0, Optional.empty(), 0, 0, 0, 0, ZoneOffset.UTC);

    public Retention {
        for (int count : List.of(last, daily, weekly, monthly, yearly)) {
            if (count < 0) {
                throw new IllegalArgumentException("a number of backups to keep is below 0: " + count);
            }
        }
        within = within.filter(age -> !age.isZero());
    }

    /**
     * A backup as far as it matters here: when it ended, whether it was verified, whether it is of this stack, and whether a
     * run that has not ended needs it.
     */
    public record Held(Label label, Instant end, boolean verified, boolean own, boolean inUse) {
        boolean isAhead(Instant now) {
            Ahead ahead = new Ahead(now);
            return ahead.is(label) || ahead.is(end);
        }
    }

    /**
     * What is kept, each with the reasons, and what goes, oldest first; and of those that no rule keeps the ones that another
     * place should have and has not, each with that place.
     */
    public record Decision(SortedMap<Label, List<String>> kept, List<Label> removed, SortedMap<Label, String> lacking) {
        /** This decision; of those that no rule keeps and that another place lacks, these stay all the same. */
        public Decision keeping(List<Label> more, SortedMap<Label, String> lackedThere) {
            SortedMap<Label, List<String>> all = new TreeMap<>(kept);
            more.forEach(label -> all.put(label, List.of("not in " + lackedThere.get(label) + " yet")));
            return new Decision(
                    all, removed.stream().filter(label -> !more.contains(label)).toList(), lackedThere);
        }

        /** What is to be said of those that another place lacks. */
        public List<String> lackingLines() {
            return lacking.entrySet().stream()
                    .map(each -> each.getKey() + ", which no rule keeps, "
                            + (removed.contains(each.getKey()) ? "goes to make room, though it" : "stays, since it")
                            + " is not in " + each.getValue() + " yet")
                    .toList();
        }
    }

    /** Whether any rule is set. */
    public boolean isSet() {
        return last > 0 || within.isPresent() || daily > 0 || weekly > 0 || monthly > 0 || yearly > 0;
    }

    /**
     * Decides from the catalog alone. Only verified backups of this stack are counted; the newest of them stays whatever
     * the rules say, and so does what is in use or of another stack. A backup that was not verified goes once there is a newer
     * verified one. A backup of the future ({@link Ahead}) stays and is not counted; where there is one, and no verified backup
     * that counts, everything stays, since the clock may be wrong.
     */
    public Decision decide(Collection<Held> catalog, Instant now) {
        SortedMap<Label, List<String>> kept = new TreeMap<>();
        List<Held> counted = catalog.stream()
                .filter(held -> held.own() && held.verified() && !held.isAhead(now))
                .sorted(Comparator.comparing(Held::label).reversed())
                .toList();
        counted.stream().limit(1).forEach(held -> keep(kept, held, "the last verified one"));
        counted.stream().limit(last).forEach(held -> keep(kept, held, "last"));
        within.ifPresent(age -> counted.stream()
                .filter(held -> held.label().start().isAfter(now.minus(age)))
                .forEach(held -> keep(kept, held, "younger than " + age.toDays() + " days")));
        keepNewestOfEach(kept, counted, daily, "daily", day -> day);
        keepNewestOfEach(kept, counted, weekly, "weekly", Retention::week);
        keepNewestOfEach(kept, counted, monthly, "monthly", day -> day.withDayOfMonth(1));
        keepNewestOfEach(kept, counted, yearly, "yearly", LocalDate::getYear);
        catalog.forEach(held -> keepUntouchable(kept, counted, held));
        keepForTheClock(kept, catalog, counted.isEmpty(), now);
        List<Label> removed = catalog.stream()
                .map(Held::label)
                .filter(label -> !kept.containsKey(label))
                .sorted()
                .toList();
        return new Decision(kept, removed, Collections.emptySortedMap());
    }

    private static void keepForTheClock(
            SortedMap<Label, List<String>> kept, Collection<Held> catalog, boolean noneCounts, Instant now) {
        List<Held> future = catalog.stream().filter(held -> held.isAhead(now)).toList();
        future.forEach(held -> keep(kept, held, "ahead of the clock, which says " + now));
        if (noneCounts && !future.isEmpty()) {
            catalog.stream()
                    .filter(held -> !future.contains(held))
                    .forEach(held -> keep(kept, held, "the clock may be wrong"));
        }
    }

    private void keepUntouchable(SortedMap<Label, List<String>> kept, List<Held> counted, Held held) {
        if (!held.own()) {
            keep(kept, held, "not known to be of this stack");
        }
        if (held.inUse()) {
            keep(kept, held, "needed by a run that has not ended");
        }
        if (!isSet()) {
            keep(kept, held, "no rule is set");
        }
        boolean newest =
                counted.isEmpty() || held.label().compareTo(counted.get(0).label()) > 0;
        if (!held.verified() && newest) {
            keep(kept, held, "no newer one was verified");
        }
    }

    private void keepNewestOfEach(
            SortedMap<Label, List<String>> kept,
            List<Held> newestFirst,
            int count,
            String reason,
            Function<LocalDate, Object> period) {
        Set<Object> seen = new HashSet<>();
        for (Held held : newestFirst) {
            Object key = period.apply(LocalDate.ofInstant(held.label().start(), zone));
            if (seen.size() < count && seen.add(key)) {
                keep(kept, held, reason);
            }
        }
    }

    private static Object week(LocalDate day) {
        return Map.entry(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private static void keep(SortedMap<Label, List<String>> kept, Held held, String reason) {
        kept.computeIfAbsent(held.label(), label -> new ArrayList<>()).add(reason);
    }
}
