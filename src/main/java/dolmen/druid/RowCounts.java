package dolmen.druid;

import dolmen.model.Counted;
import dolmen.model.StepFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Counts the rows of datasources by queries: what the segments have by themselves says nothing of what Druid serves.
 * Counts only where nothing else may come in between (see {@link Countable}), a datasource after the other, within a
 * limit for all; the reason is given for what was not counted. A count that differs is taken again, since a broker learns of changes late.
 */
public final class RowCounts {
    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DruidApi api;
    private final Duration limit;
    private final Pace pace;

    /** @param limit how long all counts together may take, as {@code dolmen.backup.count-limit} says */
    public RowCounts(DruidApi api, Duration limit, Pace pace) {
        this.api = api;
        this.limit = limit;
        this.pace = pace;
    }

    /** Of all datasources of the dump. Throws nothing for a Druid that does not answer: that is a reason, too. */
    SortedMap<String, Counted> of(Expectation expectation) {
        return within(expectation, new TreeMap<>());
    }

    /** Counts again; a datasource that was counted well before is counted only in the intervals of that count. */
    SortedMap<String, Counted> within(Expectation expectation, SortedMap<String, Counted> before) {
        SortedMap<String, Counted> counted = new TreeMap<>();
        Duration end = pace.now().plus(limit);
        Optional<DruidSql> sql = limit.isZero() ? Optional.empty() : sql();
        for (String name : expectation.datasources()) {
            Predicate<Span> wanted = Optional.ofNullable(before.get(name))
                    .filter(Counted::isGood)
                    .<Predicate<Span>>map(then -> Covered.of(then.intervals())::holds)
                    .orElse(span -> true);
            counted.put(
                    name,
                    sql.map(known -> count(name, expectation.datasource(name), wanted, known, end))
                            .orElseGet(() -> Counted.nothing(
                                    limit.isZero()
                                            ? "dolmen.backup.count-limit is 0"
                                            : "druid answers no SQL, so nothing tells which segments are loaded")));
        }
        return counted;
    }

    private Optional<DruidSql> sql() {
        try {
            return api.sql();
        } catch (StepFailure silence) {
            return Optional.empty();
        }
    }

    private Counted count(
            String name, ExpectedDatasource expected, Predicate<Span> wanted, DruidSql sql, Duration end) {
        try {
            Counted counted = once(name, expected, wanted, sql, end);
            for (int attempt = 1;
                    attempt < ATTEMPTS && counted.differs() && left(end).compareTo(PAUSE) > 0;
                    attempt++) {
                pace.pause(PAUSE);
                counted = once(name, expected, wanted, sql, end);
            }
            return counted;
        } catch (StepFailure failure) {
            return Counted.nothing(failure.getMessage());
        }
    }

    private Counted once(String name, ExpectedDatasource expected, Predicate<Span> wanted, DruidSql sql, Duration end) {
        if (left(end).isZero()) {
            return Counted.nothing("dolmen.backup.count-limit (" + limit.toSeconds() + " s) was over");
        }
        Countable countable = new Countable(expected);
        sql.segments(name, countable::add);
        Countable.Question question = countable.question(wanted);
        if (question.intervals().isEmpty()) {
            return new Counted(Optional.empty(), Optional.empty(), question.intervals(), question.notAsked());
        }
        long rows = api.queries().count(name, question.intervals(), left(end));
        return new Counted(Optional.of(rows), Optional.of(question.rows()), question.intervals(), question.notAsked());
    }

    private Duration left(Duration end) {
        Duration left = end.minus(pace.now());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
