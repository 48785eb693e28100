package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which paths are served, and with which headers. */
class SiteTest {
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
    void the_page_and_its_parts_are_served_with_strict_headers() throws Exception {
        page.serve();
        for (String path : List.of("/", "/page.css", "/page.js", "/chart.js", "/icon.svg")) {
            HttpResponse<String> answer = page.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).isNotBlank();
            assertThat(ServedSample.header(answer, "Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(ServedSample.header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(ServedSample.header(answer, "Cache-Control")).isEqualTo("no-store");
        }
        assertThat(page.get("/").body()).doesNotContain("http:", "https:", "<style", "onclick");
    }

    @Test
    void nothing_but_the_page_s_own_files_is_served() throws Exception {
        page.serve();
        for (String path : List.of(
                "/pom.xml",
                "/logback.xml",
                "/page.html",
                "/dolmen/http/page.js",
                "/..%2fpom.xml",
                "/api/runs/..%2f..%2fbackup",
                "/q/dev",
                "/observe/metrics")) {
            assertThat(page.get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void what_is_unknown_or_takes_no_such_method_is_refused() throws Exception {
        page.serve();
        assertThat(page.get("/nothing").statusCode()).isEqualTo(404);
        assertThat(page.send(page.retry("20200101-000000-000-backup").header("X-Dolmen", "1"))
                        .statusCode())
                .isEqualTo(404);
        for (String method : List.of("POST", "PUT", "DELETE")) {
            assertThat(page.send(page.request("/api/status")
                                    .header("X-Dolmen", "1")
                                    .method(method, BodyPublishers.noBody()))
                            .statusCode())
                    .as(method)
                    .isEqualTo(405);
        }
    }
}
