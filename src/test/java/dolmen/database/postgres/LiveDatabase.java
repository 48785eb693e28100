package dolmen.database.postgres;

import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A database in the server that all tests share, its store, and the names that one restore gives beside it. */
final class LiveDatabase {
    static final RunMark RUN = new RunMark("20261124-020000");
    private static int count;

    final PostgresFixture postgres;
    final String name;
    final PostgresDatabase store;
    final String side;
    final String kept;
    private final Path folder;

    /** A name that no database has yet; changed dumps lie in this folder. */
    LiveDatabase(Path folder) throws Exception {
        this(folder, "store" + count++);
    }

    LiveDatabase(Path folder, String name) throws Exception {
        this(PostgresFixture.shared(), folder, name);
    }

    private LiveDatabase(PostgresFixture postgres, Path folder, String name) {
        this(postgres, folder, name, Stores.druid(postgres.local(), postgres.settings(name)), RUN);
    }

    private LiveDatabase(PostgresFixture postgres, Path folder, String name, PostgresDatabase store, RunMark run) {
        this.postgres = postgres;
        this.folder = folder;
        this.name = name;
        this.store = store;
        this.side = store.names().fresh(run);
        this.kept = store.names().old(run);
    }

    /** This database, reached otherwise. */
    LiveDatabase through(PostgresDatabase other) {
        return new LiveDatabase(postgres, folder, name, other, RUN);
    }

    /** This database, restored by another run. */
    LiveDatabase in(RunMark run) {
        return new LiveDatabase(postgres, folder, name, store, run);
    }

    /** The database comes to be, with what the script's dump holds. */
    void fill() {
        postgres.fill(name, Dumps.SCRIPT);
    }

    /** Runs a statement in the database as the superuser. */
    void execute(String sql) {
        postgres.execute(name, sql);
    }

    /** The one value that a query gives in the database. */
    String query(String sql) {
        return postgres.query(name, sql);
    }

    String owner() {
        return postgres.query(
                "postgres", "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = '" + name + "'");
    }

    void restore(Path file, DumpSummary dump) {
        store.createSide(side);
        store.loadSide(side, file, dump, Meter.NONE);
        store.swap(side, kept);
    }

    /** A file with this dump. */
    Path changed(String dump) throws IOException {
        return Files.writeString(folder.resolve("changed.sql"), dump);
    }
}
