package dolmen.histories;

import dolmen.database.postgres.PostgresFixture;
import dolmen.histories.files.Fuse;
import dolmen.histories.standins.Sessions;
import dolmen.histories.standins.StoryBucket;
import dolmen.histories.standins.StoryDruid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What all histories of a JVM share: a PostgreSQL, a bucket, two Druids, and a folder. Each history finds it empty. */
final class Lab implements AutoCloseable {
    private static final Path SCHEMA = Path.of("src/test/resources/backups/script-backup/druid_metadata_dump.sql");

    /** In the mass run, since the thousands of hashes that a password takes are much of a history's time. */
    private static final String WITHOUT_PASSWORDS = "--auth-host=trust";

    final Path home;
    final PostgresFixture postgres;
    final Sessions sessions;
    final StoryBucket bucket = new StoryBucket();
    final List<StoryDruid> druids = List.of(new StoryDruid(), new StoryDruid());
    private final Path programs;
    private String emptyDump;

    Lab(Path home) throws Exception {
        this.home = home;
        this.programs = Files.createDirectories(home.resolveSibling(home.getFileName() + "-bin"));
        this.postgres = World.REAL ? PostgresFixture.shared() : PostgresFixture.start(WITHOUT_PASSWORDS);
        this.sessions = new Sessions(postgres.port(), "druid", PostgresFixture.PASSWORD);
        Fuse.watch(home.getParent().toString());
    }

    static String database(int stack) {
        return "druid" + stack;
    }

    /** What pg_dump writes of Druid's tables without rows. */
    String emptyDump() {
        return emptyDump;
    }

    /** Makes everything as if no history had been. */
    void clean() {
        remove(home);
        Leftovers.temporaryFiles().forEach(name -> remove(Leftovers.TEMPORARY.resolve(name)));
        bucket.empty();
        sessions.close();
        for (String name : query("postgres", "SELECT datname FROM pg_database WHERE datname LIKE 'druid%'")) {
            if (!name.matches("druid[01]")) {
                // The superuser may end what the server itself does there.
                postgres.execute("postgres", "DROP DATABASE \"" + name + "\" WITH (FORCE)");
            }
        }
        for (int stack = 0; stack < 2; stack++) {
            database(database(stack));
        }
    }

    private void database(String name) {
        boolean there = query("postgres", "SELECT 1 FROM pg_database WHERE datname = '" + name + "'")
                        .size()
                == 1;
        if (!there) {
            postgres.fill(name, schemaOnly());
        }
        for (String schema : query(name, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dolmen%'")) {
            execute(name, "DROP SCHEMA \"" + schema + "\" CASCADE");
        }
        List<String> tables = query(name, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
        tables.forEach(table -> execute(name, "DELETE FROM " + table));
        if (emptyDump == null) {
            emptyDump = dump(name);
        }
    }

    private String dump(String database) {
        Path dump = programs.resolve("empty.sql");
        ProcessBuilder program = new ProcessBuilder(
                postgres.programsFolder().resolve("pg_dump").toString(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + postgres.port(),
                "-U",
                "druid",
                "-d",
                database,
                "-f",
                dump.toString());
        program.environment().put("PGPASSWORD", PostgresFixture.PASSWORD);
        try {
            if (program.inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("pg_dump failed");
            }
            return Files.readString(dump);
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The dump of a script without its rows. */
    private Path schemaOnly() {
        try {
            return Files.write(programs.resolve("schema.sql"), withoutRows());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> withoutRows() throws IOException {
        List<String> kept = new ArrayList<>();
        boolean rows = false;
        for (String line : Files.readAllLines(SCHEMA, StandardCharsets.UTF_8)) {
            if (!rows || line.equals("\\.")) {
                kept.add(line);
            }
            rows = rows ? !line.equals("\\.") : line.startsWith("COPY ");
        }
        return kept;
    }

    List<String> query(String database, String sql) {
        try {
            return sessions.with(database, session -> {
                List<String> values = new ArrayList<>();
                try (Statement statement = session.createStatement();
                        ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        values.add(rows.getString(1));
                    }
                }
                return values;
            });
        } catch (SQLException failed) {
            throw new IllegalStateException(sql, failed);
        }
    }

    void execute(String database, String sql) {
        sessions.execute(database, sql);
    }

    static void remove(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }

    @Override
    public void close() {
        sessions.close();
        bucket.close();
        druids.forEach(StoryDruid::close);
        remove(home);
        remove(programs);
    }
}
