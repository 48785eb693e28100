package remote;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Tool;
import dolmen.catalog.Catalog;
import dolmen.catalog.SmallBackups;
import dolmen.model.Label;
import dolmen.stories.DolmenCommand;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dolmen copy} to a real SFTP server. */
class SftpCopyTest {
    private static final Label FULL = new Label("20261122-020000");
    private static final Label LAST = new Label("20261124-020000");
    private static final int ARCHIVE = 4 << 20;

    @TempDir
    Path home;

    private SftpServer server;
    private DolmenCommand dolmen;

    @BeforeEach
    void a_server_and_two_backups() throws Exception {
        server = new SftpServer(home, Files.createDirectories(home.resolve("there")));
        Catalog catalog = new Catalog(home.resolve("backup"));
        SmallBackups.full(catalog, FULL, ARCHIVE);
        SmallBackups.incremental(catalog, LAST, FULL);
        dolmen = new DolmenCommand(home)
                .with("dolmen.stack.kind", "local")
                .with("dolmen.stack.stop-command", "true")
                .with("dolmen.stack.start-command", "true")
                .with("dolmen.stack.running-command", "true")
                .with("dolmen.metadata.host", "127.0.0.1")
                .with("dolmen.retry.attempts", "1")
                .with("dolmen.retry.delay", "0.1s");
    }

    @AfterEach
    void ends() throws Exception {
        server.close();
    }

    @Test
    void a_copy_arrives_byte_for_byte_under_temporary_names_first_and_the_manifest_comes_last() throws Exception {
        Result copied = copy(SftpServer.PASSWORD, LAST);

        assertThat(copied.status()).as(copied.output()).isZero();
        assertThat(Tool.ok(home, "diff -r backup/" + LAST + " there/dolmen/" + LAST))
                .isEmpty();
        assertThat(Tool.ok(home, "cmp backup/" + FULL + "/druid_shared.tar there/dolmen/" + FULL + "/druid_shared.tar"))
                .isEmpty();
        assertThat(server.arrived)
                .containsExactly(
                        "/dolmen/" + FULL + "/druid_shared.tar",
                        "/dolmen/" + FULL + "/pruned.json",
                        "/dolmen/" + LAST + "/druid_metadata_dump.sql",
                        "/dolmen/" + LAST + "/druid_shared.tar",
                        "/dolmen/" + LAST + "/SHA256SUMS",
                        "/dolmen/" + LAST + "/manifest.json");
        assertThat(server.opened.stream().filter(name -> name.contains(LAST.text() + "/.part-")))
                .hasSize(4);
    }

    @Test
    void nothing_is_sent_twice_neither_again_nor_for_another_backup() throws Exception {
        copy(SftpServer.PASSWORD, FULL);
        long full = server.written.get();
        assertThat(full).isGreaterThan(ARCHIVE);

        copy(SftpServer.PASSWORD, FULL);
        assertThat(server.written.get()).isEqualTo(full);

        Result last = copy(SftpServer.PASSWORD, LAST);
        assertThat(server.written.get() - full).isBetween(1L, 100_000L);
        assertThat(last.output()).contains("copied backup " + LAST + " to sftp:127.0.0.1:" + server.port() + "/dolmen");
        assertThat(home.resolve("there/dolmen/" + FULL + "/pruned.json")).doesNotExist();
    }

    @Test
    void a_copy_that_was_cut_has_no_manifest_and_a_repetition_sends_only_what_is_missing() throws Exception {
        server.cutAfter(ARCHIVE + 1200);

        Result cut = copy(SftpServer.PASSWORD, LAST);

        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.output()).contains("cannot send " + LAST + "/", "reachable");
        assertThat(home.resolve("there/dolmen/" + FULL + "/druid_shared.tar")).exists();
        assertThat(home.resolve("there/dolmen/" + LAST + "/manifest.json")).doesNotExist();
        long sent = server.written.get();

        assertThat(copy(SftpServer.PASSWORD, LAST).status()).isZero();

        assertThat(server.written.get() - sent).isBetween(1L, 100_000L);
        assertThat(Tool.ok(home, "diff -r backup/" + LAST + " there/dolmen/" + LAST))
                .isEmpty();
    }

    @Test
    void a_line_that_breaks_is_retried_by_the_run_and_goes_on() throws Exception {
        server.cutAfter(ARCHIVE + 1200);
        dolmen = dolmen.with("dolmen.retry.attempts", "2");

        assertThat(copy(SftpServer.PASSWORD, LAST).status()).isZero();

        assertThat(server.written.get()).isLessThan(ARCHIVE + 100_000L);
        assertThat(server.arrived).endsWith("/dolmen/" + LAST + "/manifest.json");
    }

    @Test
    void a_wrong_password_is_tried_once_and_no_text_holds_it() throws Exception {
        dolmen = dolmen.with("dolmen.retry.attempts", "3");
        String wrong = "wr0ng/&p4ss%40w+rd";

        Result refused = copy(wrong, LAST);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output())
                .contains(
                        "cannot send", "Auth fail", "HINT: Check the user, and the password or key, in dolmen.copy.to");
        assertThat(server.refused).hasSize(1);
        nowhere(refused, List.of(wrong, "wr0ng", "p4ss", "w+rd"));
    }

    @Test
    void a_password_before_the_host_shows_nowhere_either() throws Exception {
        String uri = server.uri("unused").replace(SftpServer.USER + "@", SftpServer.USER + ":wr0ng%25p4ss@");

        Result refused = copy(uri.replaceAll("&password=.*", ""), dolmen, LAST);

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).contains("cannot send", "sftp:127.0.0.1");
        nowhere(refused, List.of("wr0ng", "p4ss"));
    }

    @Test
    void a_host_that_does_not_answer_is_tried_again_and_no_text_holds_the_password() throws Exception {
        String uri = server.uri(SftpServer.PASSWORD).replace(":" + server.port(), ":9");

        Result away = copy(uri, dolmen.with("dolmen.retry.attempts", "2"), LAST);

        assertThat(away.status()).isEqualTo(1);
        assertThat(away.output()).contains("Connection refused", "reachable");
        assertThat(away.output().lines().filter(line -> line.matches(" +send-copy .*failed, see above")))
                .hasSize(2);
        nowhere(away, List.of("s3cr3t"));
    }

    @Test
    void a_host_whose_key_is_not_known_gets_no_password() throws Exception {
        Files.writeString(home.resolve("known_hosts"), "");

        Result stranger = copy(SftpServer.PASSWORD, LAST);

        assertThat(stranger.status()).isEqualTo(1);
        assertThat(stranger.output()).contains("ssh-keyscan", "known_hosts");
        assertThat(server.written.get()).isZero();
        nowhere(stranger, List.of("s3cr3t"));
    }

    @Test
    void a_file_that_has_changed_here_is_not_sent_and_the_copy_gets_no_manifest() throws Exception {
        Files.writeString(home.resolve("backup/" + LAST + "/druid_metadata_dump.sql"), "changed");

        Result damaged = copy(SftpServer.PASSWORD, LAST);

        assertThat(damaged.status()).isEqualTo(1);
        assertThat(damaged.output()).contains("druid_metadata_dump.sql has not the 22 bytes");
        assertThat(home.resolve("there/dolmen/" + LAST)).doesNotExist();
    }

    @Test
    void a_component_that_is_not_there_is_refused_before_anything_begins() throws Exception {
        Result refused = copy("azure-storage-blob:account/backups?accessKey=RAW(s3cr3t/key)", dolmen, LAST);

        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.output())
                .contains("HINT: Put camel-azure-storage-blob-4.17.0.jar")
                .doesNotContain("s3cr3t");
        assertThat(home.resolve("state")).doesNotExist();
    }

    @Test
    void the_doctor_logs_in_as_a_copy_does_writes_nothing_and_shows_no_secret() throws Exception {
        Files.createDirectories(home.resolve("there/dolmen"));

        assertThat(doctor(SftpServer.PASSWORD)).contains("ok", "sftp:127.0.0.1", "lets this user in");
        assertThat(doctor("wr0ng-p4ss")).contains("error", "cannot log in to sftp:127.0.0.1");

        assertThat(server.written.get()).isZero();
        assertThat(home.resolve("there/dolmen")).isEmptyDirectory();
    }

    /** The line about copies; PostgreSQL and Druid are away, which must not hinder it. */
    private String doctor(String password) throws Exception {
        Path file = Files.writeString(home.resolve("copy-to"), server.uri(password) + "\n");
        Result result = dolmen.with("dolmen.copy.to-file", file.toString()).run("doctor");
        assertThat(result.status()).isEqualTo(12);
        assertThat(result.output()).doesNotContain(password, "s3cr3t", "wr0ng");
        return result.output()
                .lines()
                .filter(line -> line.matches("\\w+ +copy .*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.output()));
    }

    private Result copy(String password, Label label) throws Exception {
        return copy(server.uri(password), dolmen, label);
    }

    private Result copy(String uri, DolmenCommand with, Label label) throws Exception {
        Path file = Files.writeString(home.resolve("copy-to"), uri + "\n");
        return with.with("dolmen.copy.to-file", file.toString()).run("copy", label.text());
    }

    /** Neither printed nor in a file of Dolmen's; the settings are the reader's own. */
    private void nowhere(Result printed, List<String> secrets) throws Exception {
        String files = Tool.ok(home, "cat $(find state dead-letter -type f)");
        assertThat(files).contains("cannot send");
        assertThat(printed.output() + files).doesNotContain(secrets);
    }
}
