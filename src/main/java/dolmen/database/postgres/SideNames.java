package dolmen.database.postgres;

import dolmen.model.RunMark;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the databases that a restore makes beside the live one: {@code druid_dolmen_new_RUN} is loaded,
 * {@code druid_dolmen_old_RUN} is what was live before, {@code druid_dolmen_aside_RUN} is what a rollback took away,
 * {@code druid_dolmen_try_TIME} is loaded to see whether a dump can be. PostgreSQL keeps 63 bytes of a name; where one would
 * be longer, the live database's part is cut.
 */
public record SideNames(String live) {
    /** The prefix of the schemas in which a database keeps what runs replaced in it; dumps leave them out. */
    public static final String KEPT_SCHEMAS = "dolmen_old_";

    private static final int LONGEST = 63;
    private static final int DRAWN = 8;
    private static final Pattern OURS =
            Pattern.compile(".*_dolmen_(new|old|aside|try)_([a-z0-9-]{1,40})", Pattern.DOTALL);

    /** What {@link #trial} makes; seven digits of base 36 last for two thousand years. */
    private static final Pattern TRIAL = Pattern.compile(".*_dolmen_try_([a-z0-9]{1,7})-[0-9a-f]{8}", Pattern.DOTALL);

    /** The database that a restore loads. The run is lower case, digits and hyphens, at most 40. */
    public String fresh(RunMark run) {
        return named("new", run.text());
    }

    /** The database that was live before the swap. */
    public String old(RunMark run) {
        return named("old", run.text());
    }

    /** Whether this is a database that was live before some run's swap. */
    public boolean isOld(String database) {
        Matcher ours = OURS.matcher(database);
        return ours.matches() && ours.group(1).equals("old") && database.equals(named("old", ours.group(2)));
    }

    /** A database that is loaded only to see whether that works, of this moment; each call gives another. */
    String trial(Instant now) {
        String drawn = UUID.randomUUID().toString().substring(0, DRAWN);
        return named("try", Long.toString(now.getEpochSecond(), Character.MAX_RADIX) + "-" + drawn);
    }

    /** Whether a dump of this database was tried there. */
    boolean isTrial(String database) {
        Matcher ours = OURS.matcher(database);
        return ours.matches() && ours.group(1).equals("try") && database.equals(named("try", ours.group(2)));
    }

    /** The moment of a trial's database; empty for every other. */
    static Optional<Instant> triedAt(String database) {
        return Optional.of(TRIAL.matcher(database))
                .filter(Matcher::matches)
                .map(trial -> Instant.ofEpochSecond(Long.parseLong(trial.group(1), Character.MAX_RADIX)));
    }

    /** The database that a rollback took away. */
    public String aside(RunMark run) {
        return named("aside", run.text());
    }

    /** True for a name that was made here, for whatever live database: only such a database is ever dropped. */
    static boolean isOurs(String database) {
        return OURS.matcher(database).matches();
    }

    private String named(String kind, String distinct) {
        String ending = "_dolmen_" + kind + "_" + distinct;
        String begin = live;
        while (begin.getBytes(StandardCharsets.UTF_8).length + ending.length() > LONGEST) {
            begin = begin.substring(0, begin.offsetByCodePoints(begin.length(), -1));
        }
        return begin + ending;
    }
}
