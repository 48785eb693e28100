package dolmen.database.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.database.postgres.Databases.Renaming;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.settings.MetadataSettings;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database in PostgreSQL: dumped in one snapshot, and replaced as a whole by
 * loading a database beside it, comparing, and renaming both in one transaction. Every method throws
 * {@code Unavailable} while the server does not answer, and {@code Failed} for a wrong password, a missing role or
 * database, and the like.
 */
public final class PostgresDatabase {
    /** A dump is written, and read back. */
    public static final int DUMP_PASSES = 2;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

    private final MetadataSettings settings;
    private final DumpProfile profile;
    private final PostgresClient client;
    private final Databases databases;

    /** A database of that profile. */
    public PostgresDatabase(Host host, MetadataSettings settings, DumpProfile profile) {
        this.settings = settings;
        this.profile = profile;
        this.client = new PostgresClient(host, settings);
        this.databases = new Databases(client, settings.database());
    }

    /** The names of the databases that a restore makes beside this one. */
    public SideNames names() {
        return new SideNames(settings.database());
    }

    /** What the server is, and what its user may do there. The database itself need not exist. */
    public ServerInfo server() {
        return ServerQuery.ask(client, settings.database());
    }

    /** The server's clock. */
    public Instant time() {
        JsonNode seconds = client.maintain("SELECT to_json(extract(epoch FROM clock_timestamp()))")
                .get(0);
        return Instant.ofEpochMilli((long) (seconds.asDouble() * 1000));
    }

    /** The number that a server has from its first start on; empty when the user may not ask for it. */
    public Optional<String> systemIdentifier() {
        return ServerQuery.systemIdentifier(client);
    }

    /** Returns when the server answers a query; throws the last {@code Unavailable} when the limit has passed. */
    public void awaitReady(Duration limit) {
        new Readiness(client, settings.service()).await(limit);
    }

    /** Whether the server answers a query now; throws when it answers that it lets nobody in. */
    public boolean answers() {
        return new Readiness(client, settings.service()).answers();
    }

    /**
     * Dumps the database into a file that appears only when it is whole: see {@link DumpReader}. Also tells what pg_dump warned
     * of, since warnings do not make a dump fail. What is written and read back is counted.
     */
    public DumpSummary dump(Path file, Consumer<String> warnings, Meter meter) {
        long start = System.nanoTime();
        DumpSummary summary = new DumpFile(file, meter).write(profile, client::dump, warnings);
        LOG.info(
                "dumped database {}: {} tables, {} rows, {} used segments in {} s",
                settings.database(),
                summary.rows().size(),
                summary.totalRows(),
                summary.usedSegments(),
                (System.nanoTime() - start) / 1_000_000_000);
        return summary;
    }

    /** The exact rows of every table, named as in {@link DumpSummary#rows()}. */
    public SortedMap<String, Long> rows(String database) {
        return new RowCount(client).of(database);
    }

    /** Free bytes on the volume of the server's data; empty when they cannot be found out. */
    public OptionalLong freeBytes() {
        return DataVolume.freeBytes(client);
    }

    public boolean exists(String database) {
        return databases.exists(database);
    }

    /** The databases that restores made and that are still there, for any live database of the server. */
    public SortedSet<String> leftovers() {
        SortedSet<String> leftovers = new TreeSet<>(databases.names());
        leftovers.removeIf(name -> !SideNames.isOurs(name));
        return leftovers;
    }

    /** Those of the leftovers in which a dump was tried, or is at this moment. */
    public SortedSet<String> trials() {
        SortedSet<String> trials = leftovers();
        trials.removeIf(name -> SideNames.triedAt(name).isEmpty());
        return trials;
    }

    /** Makes an empty side database; one of that name that an earlier try left is dropped first. */
    public void createSide(String side) {
        if (!ServerQuery.mayCreateDatabases(client, settings.database())) {
            throw new StepFailure.Refused(
                    "the user of PostgreSQL of " + settings.service() + " may not replace database "
                            + settings.database(),
                    "Make the user the owner of the database and let it create databases: ALTER ROLE ... CREATEDB.");
        }
        databases.create(side);
    }

    /** Loads a dump into the empty side database, all or nothing, and compares each table with the summary. What is loaded is counted. */
    public void loadSide(String side, Path dump, DumpSummary expected, Meter meter) {
        RestoreScript script = new RestoreScript(server());
        script.check(expected);
        Outcome outcome = new SideLoad(client, script, meter).load(side, dump);
        if (!outcome.succeeded()) {
            throw ClientFailure.of("cannot load " + dump.getFileName() + " into database " + side, outcome);
        }
        List<String> differences = RowComparison.differences(expected.rows(), rows(side));
        if (!differences.isEmpty()) {
            throw new StepFailure.Failed(
                    "database " + side + " differs from the dump that was loaded: " + String.join(", ", differences),
                    "The live database was not touched. See the log of PostgreSQL, then try again.");
        }
        LOG.info(
                "loaded {} tables and {} rows into database {}", expected.rows().size(), expected.totalRows(), side);
    }

    /**
     * Loads a dump into a database of its own, which is dropped again; gives what the server says when it does not take it.
     * What is loaded is counted. Needs no lock.
     */
    public Optional<String> tryOut(Path dump, DumpSummary expected, Meter meter) {
        return new TrialLoad(this, databases).of(dump, expected, meter);
    }

    /**
     * Puts the side database in the live one's place, which is kept under another name, in one transaction: whatever
     * happens, both are renamed or none. Repeatable. Without a live database (a fresh server) an empty one is kept, so that
     * the swap can be told and taken back like any other.
     */
    public void swap(String side, String kept) {
        SortedSet<String> names = databases.names();
        String live = settings.database();
        if (!names.contains(side)) {
            requireDone(names.contains(live) && names.contains(kept), "cannot swap: there is no database " + side);
            return;
        }
        List<Renaming> renamings = new ArrayList<>();
        if (names.contains(live)) {
            renamings.add(new Renaming(live, kept));
        } else {
            databases.create(kept);
        }
        renamings.add(new Renaming(side, live));
        databases.rename(renamings);
    }

    /** Takes a swap back: the kept database is live again, the restored one is put aside. Repeatable. */
    public void swapBack(String kept, String aside) {
        SortedSet<String> names = databases.names();
        String live = settings.database();
        if (!names.contains(kept)) {
            requireDone(
                    names.contains(live) && names.contains(aside), "cannot swap back: there is no database " + kept);
            return;
        }
        List<Renaming> renamings = new ArrayList<>();
        if (names.contains(live)) {
            renamings.add(new Renaming(live, aside));
        }
        renamings.add(new Renaming(kept, live));
        databases.rename(renamings);
    }

    private static void requireDone(boolean done, String otherwise) {
        if (!done) {
            throw new StepFailure.Failed(otherwise, "See which databases the server has: psql -l.");
        }
        LOG.info("found the databases swapped already");
    }

    /** Drops a database that a restore made. Repeatable. */
    public void drop(String database) {
        databases.drop(database);
    }
}
