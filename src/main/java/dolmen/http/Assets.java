package dolmen.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The files of the page, by their paths; they are read from the class path once. */
final class Assets {
    private final Map<String, PageResponse> files = Map.of(
            "/", file("page.html", "text/html; charset=utf-8"),
            "/page.css", file("page.css", "text/css; charset=utf-8"),
            "/page.js", file("page.js", "text/javascript; charset=utf-8"),
            "/chart.js", file("chart.js", "text/javascript; charset=utf-8"),
            "/icon.svg", file("icon.svg", "image/svg+xml"));

    Optional<PageResponse> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static PageResponse file(String name, String type) {
        try (InputStream in = Assets.class.getResourceAsStream(name)) {
            return new PageResponse(200, type, in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
