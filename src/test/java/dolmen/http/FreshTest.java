package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.LastGood;
import dolmen.model.Backup;
import dolmen.model.Notice;
import dolmen.notices.FreshnessWatch;
import dolmen.notices.NoticeRecords;
import dolmen.notices.NoticeWriter;
import dolmen.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked (page, health, metrics) and what is told (notifications) about the age of the newest backup. */
class FreshTest {
    private static final Duration LIMIT = Duration.ofHours(36);

    @TempDir
    Path home;

    private Settings settings;
    private Supplier<Optional<Backup>> newest;

    @ParameterizedTest
    @CsvSource({"-1,true", "0,true", "1,false", "999999999,false"})
    void at_the_limit_to_the_nanosecond_all_say_the_same(long nanosBeyond, boolean fresh) throws Exception {
        nights();
        Instant now = newest.get()
                .orElseThrow()
                .manifest()
                .label()
                .start()
                .plus(LIMIT)
                .plusNanos(nanosBeyond);

        assertThat(health(now)).isEqualTo(fresh ? 200 : 503);
        assertThat(metrics(now)).contains("dolmen_backup_fresh " + (fresh ? "1.0" : "0.0"));
        assertThat(told(now)).hasSize(fresh ? 0 : 1);
    }

    @Test
    @Tag("T12")
    void t12_a_backup_of_a_clock_that_was_ahead_is_fresh_for_nobody() throws Exception {
        nights();
        Instant now = Instant.parse("2020-01-01T00:00:00Z");

        assertThat(health(now)).isEqualTo(503);
        assertThat(metrics(now)).contains("dolmen_backup_fresh 0");
        assertThat(told(now)).hasSize(1);
    }

    private void nights() throws Exception {
        settings = new SampleState(home)
                .with("dolmen.freshness.limit", "36h")
                .nights(2, Duration.ofHours(5))
                .settings();
        newest = LastGood.of(settings, Clock.systemUTC())::find;
    }

    private int health(Instant now) {
        return ask(now, "/health").status();
    }

    private String metrics(Instant now) {
        return new String(ask(now, "/metrics").body(), StandardCharsets.UTF_8);
    }

    private PageResponse ask(Instant now, String path) {
        Retries retries = new Retries(settings.paths(), request -> null, run -> {});
        Map<String, String> headers =
                Map.of(PageRequest.HOST, "127.0.0.1:" + settings.http().port());
        return new Site(settings, retries, "0", at(now)).answer(new PageRequest("GET", path, headers));
    }

    private List<Notice> told(Instant now) {
        List<Notice> told = new ArrayList<>();
        new FreshnessWatch(
                        LIMIT,
                        newest,
                        new NoticeRecords(home.resolve("told")),
                        new NoticeWriter("db1", newest),
                        told::add,
                        at(now))
                .run();
        return told;
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
