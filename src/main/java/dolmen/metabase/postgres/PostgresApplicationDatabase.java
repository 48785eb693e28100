package dolmen.metabase.postgres;

import dolmen.archive.Digests;
import dolmen.database.postgres.DumpReader;
import dolmen.database.postgres.EarlierRuns;
import dolmen.database.postgres.PostgresDatabase;
import dolmen.database.postgres.RestoreScript;
import dolmen.database.postgres.ServerInfo;
import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.MetabaseStack;
import dolmen.metabase.Place;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.Size;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.MetadataSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;

/** A database of a PostgreSQL server: dumped while Metabase runs, loaded into one beside it and exchanged by renames. */
final class PostgresApplicationDatabase implements ApplicationDatabase {
    private static final String HINT =
            "Compare that with MB_DB_CONNECTION_URI, or MB_DB_HOST and MB_DB_DBNAME, of the process that answers at"
                    + " dolmen.metabase.url.";

    /** Bytes that must stay free on the server's volume beside the dump's. */
    private static final long SPARE = 64L << 20;

    private final MetabaseStack stack;
    private final String foundBy;
    private final MetadataSettings settings;
    private final PostgresDatabase store;

    PostgresApplicationDatabase(MetabaseStack stack, String foundBy, MetadataSettings settings) {
        this.stack = stack;
        this.foundBy = foundBy;
        this.settings = settings;
        this.store = new PostgresDatabase(stack.host(), settings, new MetabaseProfile());
    }

    MetadataSettings settings() {
        return settings;
    }

    @Override
    public Place place() {
        String database = "database " + settings.database();
        return new Place(
                PostgresKind.WORD,
                foundBy,
                settings.database(),
                database,
                database + " of " + settings.service() + " (" + foundBy + ")",
                HINT,
                List.of());
    }

    /** Does nothing: the dump fails where there is no database. */
    @Override
    public void requirePresent() {}

    @Override
    public boolean stopsMetabase() {
        return false;
    }

    @Override
    public ApplicationDatabaseCopy archive(Path staging, RunId run, Meter meter) {
        Path file = staging.resolve(Artifact.METABASE_DUMP);
        List<String> warnings = new ArrayList<>();
        DumpSummary dump = store.dump(file, warnings::add, meter);
        return ApplicationDatabaseCopy.of(PostgresKind.WORD, foundBy, settings.database())
                .with(Optional.of(Digests.artifact(file)), List.of(), dump.rows(), Optional.empty())
                .warned(warnings);
    }

    @Override
    public long archivedBytes(long fileBytes) {
        return PostgresDatabase.DUMP_PASSES * fileBytes;
    }

    @Override
    public List<String> objections(Path file, Meter meter) {
        List<String> objections = new ArrayList<>();
        OptionalLong free = store.freeBytes();
        long needed = file.toFile().length() + SPARE;
        if (free.orElse(needed) < needed) {
            objections.add("the volume of Metabase's PostgreSQL has " + Size.words(free.getAsLong())
                    + " free, its dump has " + Size.words(file.toFile().length()));
        }
        ServerInfo server = store.server();
        if (!server.mayCreateDatabases()) {
            objections.add("the user of Metabase's PostgreSQL may not replace database " + settings.database()
                    + ": it must own it, and may create databases (ALTER ROLE ... CREATEDB)");
        }
        DumpSummary dump = DumpReader.read(file, new MetabaseProfile(), Meter.NONE);
        try {
            new RestoreScript(server).check(dump);
        } catch (Refused older) {
            objections.add("Metabase: " + older.getMessage());
        }
        if (objections.isEmpty()) {
            store.tryOut(file, dump, meter).ifPresent(objections::add);
        }
        return objections;
    }

    @Override
    public void stage(Path file, RunMark mark, Meter meter) {
        String side = store.names().fresh(mark);
        store.createSide(side);
        meter.expect(file.toFile().length());
        store.loadSide(side, file, DumpReader.read(file, new MetabaseProfile(), meter), meter);
    }

    @Override
    public void swapIn(RunMark mark) {
        store.swap(store.names().fresh(mark), store.names().old(mark));
    }

    @Override
    public void swapBack(RunMark mark) {
        if (store.exists(store.names().old(mark))) {
            store.swapBack(store.names().old(mark), store.names().aside(mark));
        }
    }

    @Override
    public void dropNew(RunMark mark) {
        store.drop(store.names().aside(mark));
        store.drop(store.names().fresh(mark));
    }

    @Override
    public void drop(RunMark mark) {
        store.drop(store.names().old(mark));
    }

    @Override
    public SortedSet<String> trials() {
        return store.trials();
    }

    @Override
    public List<String> endEarlierRuns() {
        return new EarlierRuns(stack.host(), settings).end();
    }
}
