package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.PostgresFixture;
import dolmen.druid.Pace;
import dolmen.metabase.MetabaseApi;
import dolmen.metabase.MetabaseData;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.BackupContents;
import dolmen.model.MetabaseSaid;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.RunId;
import dolmen.model.StepFailure.Failed;
import dolmen.settings.MetabaseSettings.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.tools.ToolProvider;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shared.MetabaseHttp;

/** The sandbox's stand-in for Metabase, with a real H2 file, is asked by HTTP after the backup's file was put in place. */
@Tag("T43")
class MetabaseProofTest {
    private static final String STAND_IN = Path.of("src/sandbox/metabase-standin/MetabaseStandIn.java")
            .toAbsolutePath()
            .toString();

    @TempDir
    private static Path classes;

    @TempDir
    private Path home;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private PlainStack stack;
    private Path folder;
    private MetabaseData data;
    private RestoreRun restore;
    private Process standIn;

    @BeforeAll
    static void the_stand_in_is_compiled() {
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-d", classes.toString(), "-cp", classPath(), STAND_IN))
                .isZero();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    @BeforeEach
    void a_backup_of_two_users_that_was_put_into_metabase_db() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared());
        folder = Files.createDirectories(home.resolve("metabase"));
        try (Connection made = DriverManager.getConnection("jdbc:h2:file:" + folder.resolve("metabase.db"));
                Statement statement = made.createStatement()) {
            for (String table : new String[] {"report_card", "report_dashboard", "metabase_database", "core_user"}) {
                statement.execute("CREATE TABLE " + table + " (id INT)");
            }
            statement.execute("CREATE TABLE setting (\"KEY\" VARCHAR, \"VALUE\" VARCHAR)");
            statement.execute("INSERT INTO core_user VALUES (1), (2)");
        }
        data = stack.metabase(
                stack.host, Kind.H2, Optional.of(folder.resolve("metabase.db").toString()));
        Path backup = Files.createDirectories(home.resolve("backup"));
        ApplicationDatabaseCopy archived = data.archive(backup, new RunId("20261124-020001-000-backup"), Meter.NONE);
        assertThat(archived.counts()).containsEntry("core_user", 2L);
        restore = stack.restore(BackupContents.begin(backup, Optional.empty()));
    }

    @AfterEach
    void ends() throws Exception {
        camel.stop();
        if (standIn != null) {
            standIn.destroy();
            standIn.waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOLDER/metabase.db", "metabase.db"})
    void T43_a_metabase_that_opens_the_restored_file_has_its_users(String name) throws Exception {
        assertThat(proof(start(name)).check(restore)).isEqualTo("Metabase itself says: version stand-in, it has users");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FOLDER/metabase.db.mv.db", "sub/metabase.db", "metabase.db/metabase.db", "other.db"})
    void T43_a_metabase_that_opens_a_file_beside_it_fails_the_restore(String name) throws Exception {
        MetabaseProof proof = proof(start(name));

        assertThatThrownBy(() -> proof.check(restore))
                .isInstanceOfSatisfying(
                        Failed.class, failure -> assertThat(failure.hint()).contains("MB_DB_FILE"))
                .hasMessageContaining(
                        "it says that it has no user (has-user-setup is false), the backup's database has 2")
                .hasMessageContaining("dolmen finds its data in " + folder);
    }

    @Test
    void T43_a_metabase_that_does_not_answer_fails_the_restore_and_no_backup() throws Exception {
        MetabaseApi nobody = api(URI.create("http://127.0.0.1:" + port()));

        assertThat(nobody.ask().silence().orElseThrow()).contains("gives no answer to /api/health");
        assertThatThrownBy(() -> new MetabaseProof(nobody, data, Duration.ZERO, Pace.REAL).check(restore))
                .isInstanceOf(Failed.class)
                .hasMessageContaining("does not answer after the restore");
    }

    @Test
    void T43_without_an_address_it_is_said_that_metabase_was_not_asked() {
        MetabaseApi unknown = new MetabaseApi(Optional.empty());

        assertThat(unknown.ask()).isEqualTo(MetabaseSaid.nothing("dolmen.metabase.url is not set"));
        assertThat(new MetabaseProof(unknown, data, Duration.ZERO, Pace.REAL).check(restore))
                .isEqualTo("Metabase said nothing over HTTP: dolmen.metabase.url is not set");
    }

    @Test
    void T43_a_backup_of_another_file_than_metabase_has_opened_is_a_warning() throws Exception {
        ApplicationDatabaseCopy archived = data.archive(
                Files.createDirectories(home.resolve("second")), new RunId("20261124-020002-000-backup"), Meter.NONE);
        MetabaseApi api = api(start("other.db"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> api.ask().silence().isEmpty());

        MetabaseSaid none = api.ask();
        assertThat(archived.saying(none).warnings())
                .anyMatch(warning -> warning.contains("it has no user, and the database that was copied has 2"));
    }

    private MetabaseProof proof(URI url) throws Exception {
        return new MetabaseProof(api(url), data, Duration.ofMinutes(2), Pace.REAL);
    }

    private MetabaseApi api(URI url) throws Exception {
        camel.addRoutes(new MetabaseHttp(url));
        camel.start();
        return new MetabaseApi(Optional.of(MetabaseHttp.over(camel.createProducerTemplate(), url)));
    }

    private URI start(String name) throws Exception {
        int port = port();
        ProcessBuilder process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        classes + ":" + classPath(),
                        "MetabaseStandIn")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("stand-in.log").toFile());
        process.environment().put("MB_DB_FILE", name.replace("FOLDER", folder.toString()));
        process.environment().put("MB_JETTY_HOST", "127.0.0.1");
        process.environment().put("MB_JETTY_PORT", String.valueOf(port));
        standIn = process.start();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** A free one below those that the system gives out. */
    private static int port() {
        for (int port = 24_100; port < 24_400; port++) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new AssertionError("no free port");
    }
}
