package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is answered, and that no answer tells a secret. */
class SiteAccessTest {
    @TempDir
    Path home;

    private ServedSample page;

    @BeforeEach
    void some_nights() throws Exception {
        page = new ServedSample(home);
    }

    @AfterEach
    void ends() {
        page.close();
    }

    @Test
    @Tag("SE-02")
    void no_answer_holds_a_secret() throws Exception {
        page.sample.with("dolmen.http.user", "ops");
        List<String> secrets = List.of(
                "dolmen.http.password",
                "dolmen.http.token",
                "dolmen.druid.password",
                "dolmen.metadata.password",
                "dolmen.storage.secret-key");
        secrets.forEach(key -> page.sample.with(key, "Hidden-" + key.hashCode()));
        page.sample.with("dolmen.storage.access-key", "known");
        page.sample.with("dolmen.copy.to", "sftp:ops@nas/x?password=Hidden-copy");
        String run = page.sample.failure("cannot reach postgres", "Is it up?");
        page.serve();
        String token = "Bearer Hidden-" + "dolmen.http.token".hashCode();
        for (String path : List.of(
                "/",
                "/health",
                "/metrics",
                "/api/status",
                "/api/backups",
                "/api/runs",
                "/api/runs/" + run,
                "/api/dead-letters",
                "/nothing")) {
            HttpResponse<String> answer = page.send(page.request(path).header("Authorization", token));
            assertThat(answer.statusCode()).as(path).isEqualTo(path.equals("/nothing") ? 404 : 200);
            assertThat(answer.body() + answer.headers().map()).doesNotContain("Hidden");
            assertThat(page.get(path).body()).doesNotContain("Hidden");
        }
    }

    @Test
    void with_credentials_nothing_is_answered_without_them() throws Exception {
        page.sample
                .with("dolmen.http.user", "ops")
                .with("dolmen.http.password", "pa:ss wörd")
                .with("dolmen.http.token", "t0ken");
        String run = page.sample.failure("cannot reach postgres", "Is it up?");
        page.serve();
        for (String path : List.of("/", "/health", "/metrics", "/api/status", "/page.js")) {
            assertThat(page.get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(page.get(path + "?authorization=Bearer%20t0ken&Authorization=Bearer%20t0ken")
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(ServedSample.header(page.get("/"), "WWW-Authenticate")).startsWith("Basic realm=");
        assertThat(page.send(page.retry(run).header("X-Dolmen", "1")).statusCode())
                .isEqualTo(401);
        for (String wrong : List.of(
                "Bearer t0ke",
                "Bearer t0ken1",
                ServedSample.basic("ops:pa:ss"),
                ServedSample.basic("op:pa:ss wörd"),
                "Bearer ")) {
            assertThat(page.send(page.request("/").header("Authorization", wrong))
                            .statusCode())
                    .as(wrong)
                    .isEqualTo(401);
        }
        for (String right : List.of("Bearer t0ken", ServedSample.basic("ops:pa:ss wörd"))) {
            assertThat(page.send(page.request("/").header("Authorization", right))
                            .statusCode())
                    .as(right)
                    .isEqualTo(200);
        }
    }

    @Test
    void without_credentials_only_names_of_this_machine_are_answered() throws Exception {
        page.serve();
        assertThat(page.statusFor("127.0.0.1:1")).contains(" 200 ");
        assertThat(page.statusFor("localhost")).contains(" 200 ");
        assertThat(page.statusFor("[::1]:8181")).contains(" 200 ");
        assertThat(page.statusFor("rebound.example:8181")).contains(" 403 ");
        assertThat(page.statusFor("localhost.example")).contains(" 403 ");
        assertThat(page.statusFor("127.0.0.1.example")).contains(" 403 ");
    }
}
