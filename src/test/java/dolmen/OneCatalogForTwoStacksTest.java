package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.bench.GeneratedStack;
import dolmen.catalog.LastGood;
import dolmen.model.Backup;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.Restoring;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.storage.S3Server;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Production and staging: two databases in one PostgreSQL, two shared folders, one catalog, one prefix of a bucket. */
@Timeout(300)
class OneCatalogForTwoStacksTest {
    @TempDir
    Path home;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Map<String, String> more = new TreeMap<>();
    private GeneratedStack production;
    private GeneratedStack staging;

    @BeforeEach
    void two_stacks() throws Exception {
        production = stack("production", 5);
        staging = stack("staging", 6);
        more.put("dolmen.catalog.path", home.resolve("catalog").toString());
        more.put("dolmen.retention.keep-last", "1");
        more.put("dolmen.retention.after-backup", "false");
    }

    @AfterEach
    void ends() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    @Tag("T47")
    void t47_neither_a_prune_nor_a_backup_removes_the_backups_of_the_other_stack() throws Exception {
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        run(staging, RunRequest.of(Operation.PRUNE, Origin.COMMAND));
        assertThat(labels()).hasSize(2);

        more.put("dolmen.retention.after-backup", "true");
        run(staging, backup(Kind.FULL));
        assertThat(labels()).hasSize(2);
    }

    @Test
    @Tag("T47")
    void t47_an_incremental_backup_builds_on_the_newest_of_its_own_stack() throws Exception {
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        Report incremental = run(production, backup(Kind.INCREMENTAL));
        assertThat(incremental.details()).anyMatch(line -> line.startsWith("incremental: 0 files"));
    }

    @Test
    @Tag("T47")
    void t47_what_is_newest_and_fresh_is_the_newest_of_the_stack_itself() throws Exception {
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        Optional<Backup> newest =
                LastGood.of(settings(production), Clock.systemUTC()).find();
        assertThat(newest.orElseThrow().manifest().label()).hasToString(labels().get(0));
    }

    @Test
    @Tag("T47")
    void t47_a_restore_that_names_none_takes_the_newest_of_its_stack() throws Exception {
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        Report plan = report(production, RunRequest.of(Operation.PLAN, Origin.COMMAND));
        assertThat(plan.details().get(0)).contains("restore backup " + labels().get(0));
    }

    @Test
    @Tag("T47")
    void t47_in_one_prefix_of_a_bucket_each_stack_sends_and_prunes_its_own() throws Exception {
        S3Server server = bucket();
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        run(staging, RunRequest.of(Operation.PRUNE_REMOTE, Origin.COMMAND));
        assertThat(inBucket()).hasSize(2);
        server.close();
    }

    @Test
    @Tag("T47")
    void t47_an_upload_of_what_is_due_sends_nothing_of_the_other_stack() throws Exception {
        bucket();
        run(staging, backup(Kind.FULL));
        Map<String, String> withBucket = new TreeMap<>(more);
        more.keySet().removeIf(key -> key.startsWith("dolmen.storage."));
        run(production, backup(Kind.FULL));
        more.putAll(withBucket);
        run(staging, backup(Kind.FULL));
        assertThat(inBucket()).containsExactly(labels().get(0), labels().get(2));
    }

    @Test
    @Tag("T10")
    void t10_a_backup_of_the_other_database_in_one_postgresql_is_one_of_another_stack() throws Exception {
        run(production, backup(Kind.FULL));
        Report plan = report(staging, Restoring.of(label(0)).plan());
        assertThat(plan.details().get(0))
                .contains("database " + production.stack.database, "into", "database " + staging.stack.database);
        assertThat(plan.details()).noneMatch(line -> line.contains("comes back running"));
        assertThat(plan.details()).anyMatch(line -> line.contains("the data of database " + staging.stack.database));
    }

    private S3Server bucket() throws Exception {
        S3Server server = new S3Server(home.resolve("s3"));
        open.add(server);
        more.putAll(Map.of(
                "dolmen.storage.bucket",
                S3Server.BUCKET,
                "dolmen.storage.prefix",
                "both",
                "dolmen.storage.endpoint",
                server.endpoint().toString(),
                "dolmen.storage.access-key",
                S3Server.ACCESS_KEY,
                "dolmen.storage.secret-key",
                S3Server.SECRET_KEY,
                "dolmen.storage.retention.keep-last",
                "1"));
        return server;
    }

    private GeneratedStack stack(String name, int segments) throws Exception {
        GeneratedStack stack = new GeneratedStack(home.resolve(name));
        open.add(stack);
        stack.grow(segments);
        return stack;
    }

    private static RunRequest backup(Kind kind) {
        return Requests.backup(kind);
    }

    private Label label(int number) {
        return new Label(labels().get(number));
    }

    private List<String> labels() {
        return names(home.resolve("catalog"), name -> name.startsWith("2"));
    }

    private List<String> inBucket() {
        return names(home.resolve("s3/" + S3Server.BUCKET + "/both"), name -> name.startsWith("2"));
    }

    private static List<String> names(Path folder, Predicate<String> wanted) {
        return Stream.of(folder.toFile().list()).filter(wanted).sorted().toList();
    }

    private Settings settings(GeneratedStack of) {
        Properties properties = new Properties();
        properties.putAll(of.stack.properties());
        properties.put("dolmen.druid.url", of.druidUrl());
        properties.put("dolmen.druid.call-limit", "30s");
        properties.putAll(more);
        return Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
    }

    private Report run(GeneratedStack on, RunRequest request) {
        Report report = report(on, request);
        assertThat(report.succeeded())
                .as("%s %s", report.summary(), report.hint())
                .isTrue();
        return report;
    }

    private Report report(GeneratedStack on, RunRequest request) {
        try (Application dolmen = new Application(settings(on), Map.of())) {
            dolmen.start();
            return dolmen.run(request);
        }
    }
}
