package dolmen.http;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.ServedPage;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.notices.NoticeRecords;
import dolmen.runs.RunLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page as a headless Chromium shows it. With {@code -Ddolmen.docs.write=true} its pictures go to docs/screenshots. */
@Needs(Need.CHROMIUM)
class PageTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Path PICTURES =
            Path.of(Boolean.getBoolean("dolmen.docs.write") ? "docs/screenshots" : "target/screenshots");
    private static final String WORD = "x".repeat(300);

    private static Browser browser;

    @TempDir
    Path home;

    private final List<RunRequest> asked = new CopyOnWriteArrayList<>();
    private SampleState sample;
    private ServedPage served;

    @BeforeAll
    static void a_browser() {
        browser = Browser.start();
    }

    @AfterAll
    static void closes() {
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void ends() {
        browser.open("about:blank");
        browser.console();
        if (served != null) {
            served.close();
        }
    }

    @Test
    void idle_it_shows_the_catalog_the_runs_and_what_is_next() throws Exception {
        sample = new SampleState(home).nights(16, Duration.ofHours(5));
        open();
        assertThat(browser.text("#now")).isEqualTo("Nothing is running.");
        assertThat(browser.text("#tiles")).contains("✓ fresh", "5 h 0 min old", "Next backups", "✓ succeeded");
        assertThat(browser.count("#backups tbody tr")).isEqualTo(16);
        assertThat(browser.text("#backups tbody tr")).contains("incremental", "✓ verified", "GB", "here", "1,204");
        assertThat(browser.count("#charts svg")).isEqualTo(3);
        assertThat(browser.count("#charts svg rect")).isEqualTo(48);
        assertThat(browser.text("#letters")).contains("None");
        assertThat(browser.text("#runs tbody tr")).contains("backup incremental", "schedule");
        everyWayOfLooking("idle");
    }

    @Test
    void a_place_that_could_not_be_told_is_shown_until_it_is_told() throws Exception {
        sample = new SampleState(home)
                .nights(3, Duration.ofHours(5))
                .with("dolmen.notify.to", "https://hooks.example.org/x");
        NoticeRecords records = new NoticeRecords(sample.state());
        String place = "dolmen.notify.to https://hooks.example.org";
        records.replace(state -> state.sent(place, Optional.of("could not tell it HINT: Is it up?")));
        open();
        assertThat(browser.text("#now")).contains("Nothing is running.", "Not told: could not tell it HINT: Is it up?");
        records.replace(state -> state.sent(place, Optional.empty()));
        Awaitility.await().atMost(LIMIT).until(() -> !browser.text("#now").contains("Not told"));
    }

    @Test
    void running_it_shows_the_step_and_how_far_it_is() throws Exception {
        sample = new SampleState(home).nights(9, Duration.ofHours(26));
        Run run = sample.running(9_300_000_000L, Optional.of(24_800_000_000L));
        try (RunLock lock = RunLock.take(sample.state(), "backup")) {
            assertThat(lock).isNotNull();
            open();
            assertThat(browser.text("#now"))
                    .contains("backup full: archive-segments", run.id().text());
            assertThat(browser.text("#progress"))
                    .contains("37 %, 9.3 GB of 25 GB", "MB/s", "left", "✓ begin-backup", "✓ dump-metadata");
            assertThat(browser.script("return document.querySelector('progress').position"))
                    .isEqualTo(0.375);
            assertThat(browser.script("return document.getElementById('now').getAttribute('aria-live')"))
                    .isEqualTo("polite");
            everyWayOfLooking("running");
        }
        sample.journal(Instant.now()).end(Report.success(run, "done", List.of(), Instant.now()));
        Files.delete(sample.state().resolve("progress.json"));
        until(() -> browser.text("#now").equals("Nothing is running.")
                && browser.text("#runs").contains(run.id().text()));
    }

    @Test
    void failed_it_shows_why_with_the_hint_and_an_old_backup_as_stale() throws Exception {
        sample = new SampleState(home).nights(9, Duration.ofHours(51));
        String run = sample.failure(
                "cannot connect to PostgreSQL at postgres:5432: connection refused",
                "Is the container up? docker compose ps");
        open();
        assertThat(browser.text("#tiles")).contains("✗ older than 1 d 12 h", "✗ failed");
        assertThat(browser.text("#letters"))
                .contains(run, "connection refused", "HINT: Is the container up?", "tried 4 times", "Retry");
        assertThat(browser.text("#runs")).contains("dump-metadata: cannot connect");
        browser.script("document.getElementById('open-" + run + "').click()");
        until(() -> browser.text("#runs").contains("✗ dump-metadata"));
        everyWayOfLooking("failed");
    }

    @Test
    void a_retry_works_by_keyboard_alone() throws Exception {
        sample = new SampleState(home).nights(2, Duration.ofHours(5));
        String run = sample.failure("cannot reach postgres", "Is it up?");
        open();
        for (int press = 0;
                press < 20 && !("retry-" + run).equals(browser.focused().getDomAttribute("id"));
                press++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("retry-" + run);
        assertThat((String) browser.script("return getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        browser.press(Keys.ENTER);
        until(() -> !asked.isEmpty() && browser.text("#letters").contains("None"));
        assertThat(browser.text("#letters-note")).contains(run);
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void hostile_and_endless_words_are_shown_as_text_and_break_nothing() throws Exception {
        sample = new SampleState(home).nights(1, Duration.ofHours(5));
        String hostile =
                "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>" + WORD;
        sample.failure(hostile, hostile);
        open();
        assertThat(browser.text("#letters")).contains("<img src=x onerror=", "<script>");
        assertThat(browser.count("main img, main script")).isZero();
        assertThat(browser.script("return document.title")).isEqualTo("Dolmen");
        everyWayOfLooking("hostile");
    }

    @Test
    void when_dolmen_is_gone_the_page_says_so() throws Exception {
        sample = new SampleState(home).nights(1, Duration.ofHours(5));
        open();
        served.close();
        served = null;
        until(() -> browser.text("#alarm").contains("No news from Dolmen"));
    }

    private void open() {
        served = new ServedPage(sample.settings(), request -> {
            asked.add(request);
            Run run = Run.begin(request, Instant.now());
            return Report.success(run, "done", List.of(), Instant.now());
        });
        browser.as(1200, 800, "light").open(sample.address());
        until(() -> browser.count("#tiles .tile") == 3);
    }

    /** Light and dark, wide and on a phone: nothing is wider than the window, nothing is complained of. */
    private void everyWayOfLooking(String name) throws Exception {
        Object pale = null;
        for (String scheme : List.of("light", "dark")) {
            for (int width : List.of(1200, 390)) {
                browser.as(width, width == 390 ? 844 : 960, scheme);
                assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                        .as("%s, %s, %d", name, scheme, width)
                        .isEqualTo(true);
                browser.picture((name.equals("hostile") ? Path.of("target/screenshots") : PICTURES)
                        .resolve(name + "-" + scheme + (width == 390 ? "-phone" : "") + ".png"));
            }
            Object back = browser.script("return getComputedStyle(document.body).backgroundColor");
            assertThat(back).isNotEqualTo(pale);
            pale = back;
        }
        assertThat(browser.console()).isEmpty();
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(LIMIT).ignoreExceptions().until(condition);
    }
}
