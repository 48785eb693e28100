package dolmen.app;

import dolmen.archive.Tool;
import dolmen.catalog.Catalog;
import dolmen.database.postgres.PostgresFixture;
import dolmen.histories.standins.StoryDruid;
import dolmen.histories.standins.StoryDruid.Served;
import dolmen.metabase.DatabaseKind;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunRequest;
import dolmen.progress.Display;
import dolmen.restore.PlainStack;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.stack.Host;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A stack without services, a stand-in for its Druid that serves the used segments whose files are there, and a Dolmen. */
public final class ServedStack implements AutoCloseable {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    public final PlainStack stack;
    public final Catalog catalog;
    private final StoryDruid druid = new StoryDruid();
    private final Application dolmen;
    private final Predicate<String> isThere;

    public ServedStack(Path home) throws Exception {
        this(home, Map.of());
    }

    /** With these settings, too; the keys without {@code dolmen.}. */
    public ServedStack(Path home, Map<String, String> more) throws Exception {
        this(home, around -> around, path -> Files.exists(Path.of(path)), more);
        Tool.ok(stack.shared, "tar --strip-components=2 -xf " + ARCHIVE);
    }

    /** A stack whose services run there. */
    public ServedStack(Path home, Host host) throws Exception {
        this(home, around -> around.with(host), path -> Files.exists(Path.of(path)), Map.of());
        Tool.ok(stack.shared, "tar --strip-components=2 -xf " + ARCHIVE);
    }

    /** A stack with an empty shared folder, whose segments are elsewhere. */
    public ServedStack(Path home, DeepStorages kinds, Predicate<String> isThere) throws Exception {
        this(home, around -> around.with(kinds), isThere, Map.of());
    }

    /** A stack whose services run there, with a Metabase whose kind of database its environment tells. */
    public ServedStack(Path home, Host host, Map<String, DatabaseKind.Factory> kinds) throws Exception {
        this(
                home,
                around -> around.with(host).with(kinds),
                path -> Files.exists(Path.of(path)),
                Map.of("metabase.kind", "auto"));
        Tool.ok(stack.shared, "tar --strip-components=2 -xf " + ARCHIVE);
    }

    private ServedStack(
            Path home, UnaryOperator<Surroundings> with, Predicate<String> isThere, Map<String, String> more)
            throws Exception {
        this.isThere = isThere;
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        catalog = new Catalog(home.resolve("catalog"));
        druid.serve(this::served);
        Properties properties = new Properties();
        properties.putAll(stack.properties());
        properties.put("dolmen.druid.url", druid.url().toString());
        properties.put("dolmen.druid.call-limit", "20s");
        properties.put("dolmen.druid.verify-limit", "30s");
        more.forEach((key, value) -> properties.put("dolmen." + key, value));
        Settings settings = Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
        dolmen = new Application(settings, Map.of(), Display.NONE, with.apply(Surroundings.real(settings)));
        dolmen.start();
    }

    /** What a cluster shows that reads these rows and files. */
    private List<Served> served() {
        return stack.postgres
                .query(
                        stack.database,
                        "SELECT string_agg(concat_ws(' ', id, datasource, start || '/' || \"end\","
                                + " convert_from(payload, 'UTF8')::json->>'size',"
                                + " convert_from(payload, 'UTF8')::json->'loadSpec'->>'path'), chr(10))"
                                + " FROM druid_segments WHERE used")
                .lines()
                .map(line -> line.split(" "))
                .map(row -> new Served(row[0], row[1], row[2], Long.parseLong(row[3]), isThere.test(row[4]) ? 10 : -1))
                .toList();
    }

    public Report run(RunRequest request) {
        return dolmen.run(request);
    }

    public Report backup(String... accepted) {
        return run(new RunRequest(
                Operation.BACKUP,
                Origin.COMMAND,
                new BackupOptions(Optional.empty(), new TreeSet<>(List.of(accepted)))));
    }

    /** What the next start of a Dolmen does, a line for each. */
    public List<String> recover() {
        return dolmen.recover();
    }

    @Override
    public void close() {
        dolmen.close();
        druid.close();
    }
}
