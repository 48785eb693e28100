package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.archive.SafeFiles;
import dolmen.bench.GeneratedStack;
import dolmen.model.ExitCode;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.RunOptions.ExportOptions;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunRequest;
import dolmen.runs.RunJournal;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.storage.S3Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is about the bucket needs the bucket alone: two backups were made, then the Docker engine stopped inside a third. */
@Timeout(300)
@Tag("T51")
class EngineStoppedTest {
    @TempDir
    Path home;

    private final Map<String, String> settings = new TreeMap<>();
    private GeneratedStack generated;
    private S3Server server;
    private Label older;
    private Label newer;

    @BeforeEach
    void two_backups_and_a_killed_one() throws Exception {
        generated = new GeneratedStack(home);
        generated.grow(5);
        server = new S3Server(home.resolve("s3"));
        generated.stack.properties().forEach((key, value) -> settings.put(key.toString(), value.toString()));
        settings.putAll(Map.of(
                "dolmen.druid.url",
                generated.druidUrl(),
                "dolmen.retry.attempts",
                "1",
                "dolmen.retention.after-backup",
                "false",
                "dolmen.storage.retention.keep-last",
                "1",
                "dolmen.storage.bucket",
                S3Server.BUCKET,
                "dolmen.storage.endpoint",
                server.endpoint().toString(),
                "dolmen.storage.access-key",
                S3Server.ACCESS_KEY,
                "dolmen.storage.secret-key",
                S3Server.SECRET_KEY));
        succeed(Requests.backup(Kind.FULL));
        older = newest();
        succeed(Requests.backup(Kind.INCREMENTAL));
        newer = newest();
        settings.keySet().removeIf(key -> key.startsWith("dolmen.stack.") || key.startsWith("dolmen.docker."));
        settings.put("dolmen.docker.host", "unix:///nowhere.sock");
        new RunJournal(state(), Clock.systemUTC()).begin(RunRequest.of(Operation.BACKUP, Origin.SCHEDULE));
    }

    @AfterEach
    void ends() {
        server.close();
        generated.close();
    }

    @Test
    void t51_backups_are_uploaded_verified_and_pruned_in_the_bucket_without_an_engine() {
        succeed(about(Operation.UPLOAD, newer));
        succeed(plain(Operation.VERIFY_REMOTE));

        assertThat(succeed(plain(Operation.PRUNE_REMOTE)).summary()).startsWith("removed 1 backups");

        assertThat(Files.exists(bucket(older).resolve("manifest.json"))).isFalse();
        succeed(about(Operation.VERIFY_REMOTE, newer));
        assertThat(report(plain(Operation.BACKUP)).succeeded())
                .as("a backup needs its stack, and what it left ended")
                .isFalse();
    }

    @Test
    void t51_nothing_is_pruned_while_nothing_tells_which_stack_this_is() throws Exception {
        Files.delete(state().resolve("stack.json"));
        Report report = succeed(plain(Operation.PRUNE_REMOTE));

        assertThat(report.summary()).isEqualTo("nothing to remove");
        assertThat(report.details())
                .anyMatch(line -> line.startsWith("keep " + older) && line.contains("not known to be of this stack"));
        assertThat(bucket(older).resolve("manifest.json")).exists();
    }

    @Test
    void t51_a_backup_is_fetched_without_an_engine_once_and_with_what_it_needs() throws Exception {
        SafeFiles.remove(catalog());
        Report fetched = succeed(plain(Operation.FETCH));

        assertThat(fetched.summary()).startsWith("fetched backup " + newer + " from s3://");
        succeed(plain(Operation.VERIFY));
        assertThat(catalog().resolve(older.text()).resolve("manifest.json")).doesNotExist();
        assertThat(succeed(about(Operation.FETCH, newer)).summary()).contains("is in the catalog already");
        Files.delete(catalog().resolve(newer.text()).resolve("druid_metadata_dump.sql"));
        Report damaged = report(about(Operation.FETCH, newer));
        assertThat(damaged.summary()).contains("the catalog lacks " + newer + "/druid_metadata_dump.sql");
        assertThat(damaged.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("fetch it again"));
    }

    @Test
    void t51_a_backup_that_is_nowhere_or_a_bucket_that_is_not_set_is_said() {
        Report nowhere = report(about(Operation.FETCH, new Label("20200101-020000")));
        assertThat(nowhere.summary()).contains("there is no backup 20200101-020000 in", "and none in s3://");
        settings.keySet().removeIf(key -> key.startsWith("dolmen.storage."));
        assertThat(report(plain(Operation.FETCH)).summary()).contains("no bucket is set");
    }

    @Test
    void t51_an_export_fetches_what_is_in_the_bucket_alone() throws Exception {
        SafeFiles.remove(catalog());
        Path folder = home.resolve("exported");
        succeed(export(folder));

        assertThat(folder.resolve("druid_shared.tar")).isNotEmptyFile();
        assertThat(folder.resolve("druid_metadata_dump.sql")).isNotEmptyFile();
        server.close();
        succeed(export(home.resolve("again")));
    }

    private static RunRequest about(Operation operation, Label label) {
        return new RunRequest(operation, Origin.COMMAND, new LabelOptions(Optional.of(label)));
    }

    private static RunRequest plain(Operation operation) {
        return RunRequest.of(operation, Origin.COMMAND);
    }

    private RunRequest export(Path folder) {
        return new RunRequest(Operation.EXPORT, Origin.COMMAND, new ExportOptions(newer, folder.toString()));
    }

    private Report succeed(RunRequest request) {
        Report report = report(request);
        assertThat(report.outcome())
                .as("%s %s %s", request.operation(), report.summary(), report.hint())
                .isEqualTo(ExitCode.OK);
        return report;
    }

    private Report report(RunRequest request) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try (Application dolmen =
                new Application(Settings.from(new SettingsSource(properties, Map.of(), new Properties())), Map.of())) {
            dolmen.start();
            return dolmen.run(request);
        }
    }

    /** The newest label of the catalog. */
    private Label newest() {
        return Stream.of(catalog().toFile().list())
                .filter(name -> name.startsWith("2"))
                .max(String::compareTo)
                .map(Label::new)
                .orElseThrow();
    }

    private Path bucket(Label label) {
        return home.resolve("s3/" + S3Server.BUCKET + "/dolmen").resolve(label.text());
    }

    private Path catalog() {
        return home.resolve("catalog");
    }

    private Path state() {
        return home.resolve("state");
    }
}
