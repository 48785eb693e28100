package dolmen.app;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Tool;
import dolmen.histories.standins.StoryDruid;
import dolmen.histories.standins.StoryDruid.Served;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.memory.MemoryServer;
import dolmen.metadata.postgres.PostgresDumps;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.model.RunRequest;
import dolmen.model.SegmentEntry;
import dolmen.progress.Display;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with a metadata store that is no PostgreSQL: nothing outside of its package knows which one it is. */
class MemoryRunsTest {
    private static final Path BACKUP =
            Path.of("src/test/resources/backups/script-backup").toAbsolutePath();

    @TempDir
    Path home;

    private final MemoryServer server = new MemoryServer();
    private final DruidMetadata metadata = server.store();
    private StoryDruid druid;
    private Application dolmen;

    @BeforeEach
    void a_stack_whose_segments_lie_in_its_shared_folder() throws Exception {
        Path shared = Files.createDirectories(home.resolve("shared"));
        Path down = Files.createDirectories(home.resolve("down"));
        Tool.ok(shared, "tar --strip-components=2 -xf " + BACKUP.resolve("druid_shared.tar"));
        new PostgresDumps()
                .usedSegments(BACKUP.resolve("druid_metadata_dump.sql"))
                .forEach(segment -> server.segment(
                        segment.id(), segment.datasource(), Instant.EPOCH, payload(segment, shared.toString())));
        druid = new StoryDruid();
        druid.serve(this::served);
        Properties properties = new Properties();
        Map.ofEntries(
                        Map.entry("catalog.path", home.resolve("catalog")),
                        Map.entry("inbox.path", home.resolve("inbox")),
                        Map.entry("dead-letter.path", home.resolve("dead-letter")),
                        Map.entry("state.path", home.resolve("state")),
                        Map.entry("stack.kind", "local"),
                        Map.entry("stack.services", "historical,coordinator"),
                        Map.entry("stack.stop-command", "touch " + down + "/{service}"),
                        Map.entry("stack.start-command", "rm -f " + down + "/{service}"),
                        Map.entry("stack.running-command", "test ! -e " + down + "/{service}"),
                        Map.entry("metadata.type", metadata.type()),
                        Map.entry("segments.path", shared),
                        Map.entry("segments.caches", "historical:" + home.resolve("cache")),
                        Map.entry("metabase.kind", "none"),
                        Map.entry("druid.url", druid.url()),
                        Map.entry("druid.verify-limit", "10s"),
                        Map.entry("retry.attempts", "1"))
                .forEach((key, value) -> properties.put("dolmen." + key, value.toString()));
        Settings settings = Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
        dolmen = new Application(
                settings,
                Map.of(),
                Display.NONE,
                Surroundings.real(settings)
                        .with(new MetadataStores(Map.of(metadata.type(), (host, given) -> metadata))));
        dolmen.start();
    }

    private static String payload(SegmentEntry segment, String shared) {
        return "{\"interval\":\"" + segment.interval() + "\",\"version\":\"" + segment.version()
                + "\",\"loadSpec\":{\"type\":\"local\",\"path\":\""
                + segment.path().replace("/opt/shared", shared)
                + "\"},\"shardSpec\":{\"type\":\"numbered\",\"partitionNum\":"
                + segment.shard().number() + ",\"partitions\":0},\"size\":" + segment.size() + "}";
    }

    /** What a cluster shows that reads these rows and files. */
    private List<Served> served() {
        List<Served> served = new ArrayList<>();
        metadata.live()
                .usedSegments()
                .forEach(segment -> served.add(new Served(
                        segment.id(),
                        segment.datasource(),
                        segment.interval(),
                        segment.size(),
                        Files.exists(Path.of(segment.path())) ? 10 : -1)));
        return served;
    }

    @AfterEach
    void close() {
        dolmen.close();
        druid.close();
    }

    @Test
    void a_backup_is_made_and_brings_back_what_was_lost() throws Exception {
        long used = metadata.live().countUsed();
        Report backup = dolmen.run(RunRequest.of(Operation.BACKUP, Origin.COMMAND));
        assertThat(backup.succeeded()).as(backup.toString()).isTrue();
        List<String> wiki = new ArrayList<>();
        metadata.live().usedSegments((datasource, id) -> {
            if (datasource.equals("wiki")) {
                wiki.add(id);
            }
        });
        wiki.forEach(server::kill);
        Tool.ok(home, "rm -r shared/segments/wiki");

        Report restore = dolmen.run(Restoring.newest().withoutMetabase().request());

        assertThat(restore.succeeded()).as(restore.toString()).isTrue();
        assertThat(wiki).isNotEmpty();
        assertThat(metadata.live().countUsed()).isEqualTo(used);
        assertThat(served()).allMatch(segment -> segment.rows() == 10);
        assertThat(metadata.leftovers()).hasSize(1);
    }

    @Test
    void a_single_datasource_is_brought_back_beside_the_others() {
        dolmen.run(RunRequest.of(Operation.BACKUP, Origin.COMMAND));
        long used = metadata.live().countUsed();
        metadata.live().usedSegments((datasource, id) -> {
            if (datasource.equals("wiki")) {
                server.markUnused(id);
            }
        });

        Report restore = dolmen.run(Restoring.newest().only("wiki").request());

        assertThat(restore.succeeded()).as(restore.toString()).isTrue();
        assertThat(metadata.live().countUsed()).isEqualTo(used);
    }
}
