package dolmen.metabase.h2;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.Command;
import dolmen.stack.Outcome;
import dolmen.stack.StoppedServices;
import dolmen.stack.docker.DockerFixture;
import dolmen.stack.docker.DockerHost;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Needs(Need.ENGINE)
class H2InDockerTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static DockerFixture docker;
    private static DockerHost host;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        docker = DockerFixture.open();
        host = docker.host();
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    @Tag("MB-09")
    void files_on_a_volume_are_archived_and_come_back_with_their_owner() throws Exception {
        String name = DockerFixture.name("metabase");
        docker.idleWithVolume(
                name, "/metabase-data", create -> create.withEnv("MB_DB_FILE=/metabase-data/metabase.db"));
        put(name, "/metabase-data", 3, 2000);
        StoppedServices stopped = new StoppedServices(host, folder);
        MetabaseData metabase = metabase(name, stopped);
        ApplicationDatabase database = metabase.database();
        assertThat(database.place().location()).isEqualTo("/metabase-data/metabase.db/metabase.db");
        ApplicationDatabaseCopy copy = metabase.archive(folder, new RunId("20261124-020001-000-backup"), Meter.NONE);
        assertThat(database.objections(folder.resolve("metabase_data.tar"), Meter.NONE))
                .isEmpty();
        assertThat(copy.files()).containsExactly("metabase-data/metabase.db/metabase.db.mv.db");
        assertThat(copy.counts()).containsEntry("core_user", 3L);
        assertThat(host.find(name).orElseThrow().running()).isTrue();

        put(name, "/metabase-data", 7, 1000);
        database.stage(folder.resolve("metabase_data.tar"), new RunMark("run-2"), Meter.NONE);
        database.swapIn(new RunMark("run-2"));
        assertThat(host.find(name).orElseThrow().running()).isFalse();
        stopped.startAll(new RunMark("run-2"));
        assertThat(shell(name, "ls -na /metabase-data/metabase.db"))
                .containsPattern("-rw-r----- +1 1000 +1000 .* metabase.db.mv.db\n")
                .contains(".dolmen-old-run-2")
                .doesNotContain(".dolmen-new");
        assertThat(metabase.archive(folder, new RunId("20261124-020003-000-backup"), Meter.NONE)
                        .counts())
                .containsEntry("core_user", 3L);
        database.swapBack(new RunMark("run-2"));
        assertThat(metabase.archive(folder, new RunId("20261124-020004-000-backup"), Meter.NONE)
                        .counts())
                .containsEntry("core_user", 7L);
        database.drop(new RunMark("run-2"));
        stopped.startAllBut(Set.of());
        assertThat(shell(name, "ls -a /metabase-data/metabase.db")).isEqualTo(".\n..\nmetabase.db.mv.db\n");
    }

    @Test
    @Tag("MB-08")
    void a_file_in_the_containers_own_layer_is_archived_with_a_warning() throws Exception {
        String name = DockerFixture.name("layer");
        docker.idle(name);
        put(name, "/", 2, 2000);
        MetabaseData metabase = metabase(name, new StoppedServices(host, folder));
        assertThat(metabase.database().place().location()).isEqualTo("/metabase.db/metabase.db");
        host.stop(name);
        ApplicationDatabaseCopy database =
                metabase.archive(folder, new RunId("20261124-020001-000-backup"), Meter.NONE);
        assertThat(database.warnings()).singleElement().asString().contains("no volume");
        assertThat(database.counts()).containsEntry("core_user", 2L);
        assertThat(host.find(name).orElseThrow().running()).isFalse();
    }

    private MetabaseData metabase(String service, StoppedServices stopped) {
        return new MetabaseData(
                new MetabaseStack(H2Fixture.settings(Kind.AUTO, service, null), host, stopped, folder),
                Map.of(H2Kind.WORD, H2Kind::new));
    }

    /** Lays a database into the folder metabase.db, as Metabase's image does. */
    private void put(String service, String parent, int rows, int owner) throws Exception {
        Path stem = Files.createTempDirectory(folder, "h2").resolve("metabase.db");
        H2Fixture.create(stem, rows);
        byte[] content = Files.readAllBytes(Path.of(stem + ".mv.db"));
        host.writeArchive(service, parent, new ByteArrayInputStream(tar(content, owner)));
    }

    private static byte[] tar(byte[] content, int owner) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(new TarArchiveEntry("metabase.db/"));
            tar.closeArchiveEntry();
            TarArchiveEntry entry = new TarArchiveEntry("metabase.db/metabase.db.mv.db");
            entry.setSize(content.length);
            entry.setIds(owner, owner);
            entry.setMode(0640);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static String shell(String service, String script) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Outcome outcome = host.run(service, Command.of(LIMIT, "sh", "-c", script), out);
        assertThat(outcome.exitStatus()).as(outcome.stderr()).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
