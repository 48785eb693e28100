package dolmen.doctor;

import dolmen.app.ApplicationDatabases;
import dolmen.app.DeepStorages;
import dolmen.catalog.CopyProbeTarget.Found;
import dolmen.database.postgres.PostgresFixture;
import dolmen.druid.Answer;
import dolmen.druid.FakeDruid;
import dolmen.druid.Stacks;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.metadata.postgres.PostgresMetadata;
import dolmen.restore.PlainStack;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.stack.StoppedServices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A stack where all is well, and what the doctor finds there. */
abstract class ExaminedStack {
    @TempDir
    Path home;

    PlainStack stack;
    FakeDruid druid;
    final Properties settings = new Properties();
    Optional<Source.Engine> engine = Optional.empty();
    Clock clock = Clock.systemUTC();
    Found copies = Found.WRITTEN;

    @BeforeEach
    void a_stack_where_all_is_well() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        stack.metadata.live().allSegments().forEach(segment -> {
            try {
                Path folder = Files.createDirectories(Path.of(segment.path()));
                Files.write(folder.resolve("00000.smoosh"), new byte[(int) segment.size()]);
            } catch (java.io.IOException refused) {
                throw new java.io.UncheckedIOException(refused);
            }
        });
        druid = FakeDruid.router()
                .answers("/druid/coordinator/v1/config", Answer.json("{\"killDataSourceWhitelist\":[\"wiki\"]}"))
                .answers("/druid/indexer/v1/tasks?state=running", Answer.json("[]"))
                .answers("/druid/indexer/v1/tasks?state=pending", Answer.json("[]"))
                .answers("/druid/indexer/v1/tasks?state=waiting", Answer.json("[]"))
                .answers("SQL TIMESTAMP_TO_MILLIS", Answer.json("[{\"n\":" + System.currentTimeMillis() + "}]"));
        settings.putAll(stack.properties());
    }

    @AfterEach
    void druid_ends() {
        druid.close();
    }

    List<String> of(String check, Severity severity) {
        return examine().stream()
                .filter(finding -> finding.check().equals(check) && finding.severity() == severity)
                .map(Finding::what)
                .toList();
    }

    List<Finding> examine() {
        Settings read = Settings.from(new SettingsSource(settings, Map.of(), new Properties()));
        Source source = new Source(
                read,
                stack.host,
                engine,
                new PostgresMetadata(stack.host, read.metadata()),
                DeepStorages.KNOWN.of(read, stack.host, home.resolve("scratch")),
                Stacks.api(druid),
                new MetabaseData(
                        new MetabaseStack(
                                read.metabase(),
                                stack.host,
                                new StoppedServices(stack.host, read.paths().state()),
                                home.resolve("scratch")),
                        ApplicationDatabases.kinds()),
                Optional.of(() -> copies),
                clock);
        return new Doctor(source).examine();
    }
}
