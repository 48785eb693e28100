package dolmen.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.EngineCall;
import dolmen.model.ExitCode;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The image beside a real stack, by the compose snippet: as a user without root, with a read-only root file system, and with
 * no more of the engine than the published list of calls.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Needs(Need.SANDBOX)
class ProxyStoriesTest {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    @TempDir
    static Path home;

    @TempDir
    static Path scratch;

    private static ContainerSandbox stack;
    private static ComposedDolmen dolmen;

    @BeforeAll
    static void dolmen_beside_a_loaded_stack() {
        stack = ContainerSandbox.shared();
        ComposedDolmen.build(scratch);
        dolmen = new ComposedDolmen(home);
        dolmen.up();
    }

    @AfterAll
    static void the_stack_is_as_it_was() {
        if (dolmen != null) {
            dolmen.close();
            ContainerSandbox.dropSafetyCopies();
        }
    }

    @Test
    @Order(1)
    void it_looks_around_backs_up_and_restores_what_was_lost_and_needs_each_call_of_the_list() throws Exception {
        assertThat(ComposedDolmen.inspect("dolmen", "{{.Config.User}} {{.HostConfig.ReadonlyRootfs}}"))
                .isEqualTo("1000:1000 true");
        assertThat(report("nightly.backup", "")).startsWith("OK").contains("26 used, all held, read by mount");

        ContainerSandbox.sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        assertThat(report("lost.restore", "confirm=yes\n")).startsWith("OK").contains("written by api");
        assertThat(stack.counts()).isEqualTo(stack.loaded());

        assertThat(dolmen.run("init", "--print").stdout()).contains("dolmen.stack.project=dolmen-sandbox");
        Shell.Result doctor = dolmen.run("doctor");
        assertThat(doctor.stdout()).as(doctor.stderr()).contains("the files of all 26 used segments are there");

        List<String> calls = ComposedDolmen.calls();
        assertThat(calls).noneMatch(call -> call.startsWith("403"));
        for (EngineCall listed : EngineCall.list()) {
            assertThat(calls).as("calls for %s", listed).anyMatch(call -> listed.allows(call.substring(4)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /build",
                "GET /images/json",
                "DELETE /images/dolmen",
                "POST /images/create?fromImage=evil",
                "GET /volumes",
                "POST /containers/create",
                "POST /containers/create?name=postgres2",
                "POST /containers/create?name=dolmen-throw-away-0123456789ab-01234567-89ab&name=postgres2",
                "POST /v1.40/containers/create?name=dolmen-throw-away-0123456789ab-01234567-89ab",
                "DELETE /containers/postgres?force=true",
                "POST /containers/postgres/kill",
                "GET /containers/..%2Fimages/json",
                "GET /containers/../images/json",
                "POST /swarm/init"
            })
    @Order(2)
    void every_other_call_is_refused(String call) throws Exception {
        HttpResponse<String> answer = ask(call);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("the socket proxy does not let").contains("docker-api.list");
    }

    @Test
    @Order(3)
    void a_missing_socket_is_told_with_the_user_that_has_no_name() {
        Shell.Result failed = Shell.tryRun(Map.of(), "docker", "run", "--rm", "dolmen-test/dolmen:1", "backup");
        assertThat(failed.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(failed.stdout())
                .contains("no Docker engine at /var/run/docker.sock")
                .contains("(uid 1000)");
    }

    @Test
    @Order(4)
    void with_the_calls_for_backups_alone_it_backs_up_and_a_restore_is_refused_before_it_changes_anything() {
        dolmen.listing(call -> call.isFor("backup"));
        Shell.Result backup = dolmen.run("backup");
        assertThat(backup.status()).as(backup.stdout()).isZero();
        Shell.Result restore = dolmen.run("restore", "--yes");
        assertThat(restore.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(restore.stdout())
                .contains("failed step: check-target")
                .contains("the socket proxy does not let POST /containers/create");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /exec/", "POST /containers/[0-9a-f]{64}/stop"})
    @Order(5)
    void without_one_of_its_calls_a_backup_fails_at_once_and_names_it(String call) throws Exception {
        dolmen.listing(listed -> !listed.expression().startsWith("^" + call));
        Shell.Result failed = dolmen.run("backup");
        assertThat(failed.status()).as(failed.stderr()).isEqualTo(ExitCode.FAILED.status());
        assertThat(failed.stdout())
                .contains("the socket proxy does not let " + call.split("\\[")[0])
                .contains("docker-api.list")
                .contains("HINT: Does a proxy or a plug-in refuse this call? docs/docker-api.md");
        assertThat(ContainerSandbox.state("metabase")).isEqualTo("running");
    }

    private static String report(String trigger, String text) throws IOException {
        Files.writeString(dolmen.inbox().resolve(trigger), text);
        Awaitility.await().atMost(LIMIT).until(() -> reports(trigger).count() > 0);
        return Files.readString(reports(trigger).findFirst().orElseThrow());
    }

    private static Stream<Path> reports(String trigger) {
        return EndedTriggers.ending(dolmen.inbox(), trigger + ".report.txt").stream();
    }

    /** Straight to the proxy, by a path that nothing tidies up. */
    private static HttpResponse<String> ask(String call) throws Exception {
        String[] words = call.split(" ");
        String address =
                ComposedDolmen.inspect("socket-proxy", "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + ":2375" + words[1]))
                .method(words[0], BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
