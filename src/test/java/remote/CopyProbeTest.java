package remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.catalog.CopyProbeTarget;
import dolmen.catalog.CopyProbeTarget.Found;
import dolmen.model.Secret;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import dolmen.model.StepFailure.Unusable;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.settings.CopySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shared.CopyProbe;

/** What `dolmen doctor` finds out about the endpoint of copies, of a real SFTP server above all. */
class CopyProbeTest {
    @TempDir
    Path home;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private SftpServer server;
    private Path there;

    @BeforeEach
    void a_server() throws Exception {
        there = Files.createDirectories(home.resolve("there"));
        server = new SftpServer(home, there);
        context.start();
    }

    @AfterEach
    void ends() throws Exception {
        context.stop();
        server.close();
    }

    @Test
    void a_server_is_logged_in_to_and_nothing_is_written_there() throws Exception {
        Files.createDirectories(there.resolve("dolmen"));

        assertThat(probe(server.uri(SftpServer.PASSWORD))).isEqualTo(Found.ENTERED);

        assertThat(server.written.get()).isZero();
        assertThat(Tool.ok(there, "find . -mindepth 1")).isEqualTo("./dolmen\n");
    }

    @Test
    void a_folder_that_is_not_there_is_told_and_not_made() throws Exception {
        assertThat(probe(server.uri(SftpServer.PASSWORD))).isEqualTo(Found.NO_FOLDER);
        assertThat(there).isEmptyDirectory();

        Files.writeString(there.resolve("dolmen"), "a file");
        assertThat(probe(server.uri(SftpServer.PASSWORD))).isEqualTo(Found.NO_FOLDER);
    }

    @Test
    void a_wrong_password_is_told_with_what_to_check_and_shown_nowhere() {
        assertFails(() -> probe(server.uri("wr0ng-p4ss")), Failed.class, "cannot log in to sftp:127.0.0.1", "password");
        assertThat(server.refused).isNotEmpty();
    }

    @Test
    void a_host_that_takes_no_connections_may_come_back() {
        String away = server.uri(SftpServer.PASSWORD).replace(":" + server.port(), ":9");
        assertFails(() -> probe(away), Unavailable.class, "Connection refused", "reachable from here");
    }

    @Test
    void a_host_whose_key_is_not_known_gets_no_password() throws Exception {
        Files.writeString(home.resolve("known_hosts"), "");
        assertFails(() -> probe(server.uri(SftpServer.PASSWORD)), Failed.class, "cannot log in to", "ssh-keyscan");
        assertThat(server.refused).isEmpty();
    }

    @Test
    void a_component_that_is_not_there_is_told() {
        assertFails(
                () -> probe("azure-storage-blob:a/b?accessKey=RAW(" + SftpServer.PASSWORD + ")"),
                Unusable.class,
                "no such Camel component",
                "lib/");
    }

    @Test
    void a_folder_takes_a_file_and_keeps_nothing_of_it() throws Exception {
        assertThat(probe("file:" + there)).isEqualTo(Found.WRITTEN);
        assertThat(there).isEmptyDirectory();
    }

    @Test
    @Needs(Need.MOUNT)
    void a_folder_that_is_full_is_told_and_keeps_nothing() throws Exception {
        Tool.ok(home, "mount -t tmpfs -o size=64k,nr_inodes=4 none there; head -c 70k /dev/zero > there/full || true");
        try {
            assertFails(() -> probe("file:" + there), Failed.class, "cannot send dolmen-probe-", "room");
            assertThat(Tool.ok(there, "ls -A")).isEqualTo("full\n");
        } finally {
            Tool.ok(home, "umount there");
        }
    }

    @Test
    void a_folder_that_is_not_mounted_is_not_made() {
        assertFails(() -> probe("file:" + home.resolve("mnt")), Failed.class, "there is no folder", "Mount");
        assertThat(home.resolve("mnt")).doesNotExist();
    }

    @Test
    void what_cannot_be_removed_has_one_name_that_says_what_it_is() throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        List<String> texts = new CopyOnWriteArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:store").process(exchange -> {
                    names.add(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
                    texts.add(exchange.getMessage().getBody(String.class));
                });
            }
        });

        assertThat(probe("direct:store")).isEqualTo(Found.SENT);
        assertThat(probe("direct:store")).isEqualTo(Found.SENT);

        assertThat(names).containsExactly(CopyProbeTarget.PROBE, CopyProbeTarget.PROBE);
        assertThat(texts).allMatch(text -> text.contains("dolmen doctor"));
    }

    private Found probe(String uri) {
        return new CopyProbe(context, new CopySettings(Optional.of(new Secret(uri)))).probe();
    }

    private static void assertFails(
            ThrowingCallable probing, Class<? extends StepFailure> kind, String what, String hint) {
        assertThatThrownBy(probing).isInstanceOfSatisfying(kind, failure -> {
            assertThat(failure.getMessage()).contains(what);
            assertThat(failure.hint()).contains(hint);
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(SftpServer.PASSWORD, "s3cr3t", "wr0ng");
            }
        });
    }
}
