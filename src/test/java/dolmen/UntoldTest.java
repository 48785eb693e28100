package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.model.ExitCode;
import dolmen.model.Notice;
import dolmen.notices.Outbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be told at once, with the whole of Dolmen and real servers that are told. */
class UntoldTest {
    @TempDir
    Path home;

    private ToldStack told;

    @BeforeEach
    void a_stack_and_those_who_are_told() throws Exception {
        told = new ToldStack(home);
    }

    @AfterEach
    void ends() {
        told.close();
    }

    @Test
    void a_place_that_was_away_for_all_attempts_is_told_once_by_the_next_start_without_a_new_event() throws Exception {
        Map<String, String> keys = ToldStack.serving(
                Map.of("dolmen.notify.to", told.hook.url("/hidden-token"), "dolmen.catalog.marker", ".mounted"));
        told.hook.failing.set(Integer.MAX_VALUE);
        try (Application dolmen = told.application(keys)) {
            dolmen.start();
            assertThat(dolmen.run(ToldStack.NIGHTLY).succeeded()).isFalse();
        }
        assertThat(told.hook.calls).hasSize(3);
        assertThat(told.command(keys, ExitCode.FAILED, "status"))
                .contains("not told: could not tell http://127.0.0.1:", "(1 waits)")
                .doesNotContain("hidden");
        try (Stream<Path> state = Files.walk(home.resolve("state"))) {
            for (Path file : state.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("hidden");
            }
        }

        told.hook.failing.set(0);
        told.hook.calls.clear();
        told.hook.bodies.clear();
        for (int start = 0; start < 2; start++) {
            told.serve(
                    keys,
                    () -> Awaitility.await()
                            .atMost(ToldStack.LIMIT)
                            .until(() -> !told.hook.calls.isEmpty()
                                    && !told.command(keys, ExitCode.FAILED, "status")
                                            .contains("not told")));
        }
        assertThat(told.hook.calls).containsExactly("POST /hidden-token application/json");
        assertThat(told.hook.bodies.get(0)).contains("\"title\":\"backup refused\"");
    }

    @Test
    void what_a_killed_process_had_not_sent_yet_is_told_by_the_next_one_before_what_is_new() throws Exception {
        Map<String, String> keys = Map.of("dolmen.notify.to", told.smtp("right"), "dolmen.notify.on", "success");
        new Outbox(home.resolve("state"), Clock.systemUTC())
                .keep(
                        "dolmen.notify.to smtp:127.0.0.1:" + told.mail.getSmtp().getPort(),
                        new Notice(Map.of("title", "old news", "time", "2026-11-24T02:00:00Z")));
        assertThat(told.command(keys, ExitCode.OK, "status")).contains("not told: dolmen.notify.to smtp:", "(1 waits)");
        try (Application dolmen = told.application(keys)) {
            dolmen.start();
            assertThat(dolmen.run(ToldStack.NIGHTLY).outcome()).isEqualTo(ExitCode.OK);
        }
        assertThat(told.mail.getReceivedMessages()).hasSize(2);
        assertThat(told.mail.getReceivedMessages()[0].getSubject()).endsWith(": old news");
        assertThat(told.mail.getReceivedMessages()[0].getContent().toString()).contains("2026-11-24T02:00:00Z");
        assertThat(told.mail.getReceivedMessages()[1].getSubject()).endsWith(": backup done");
    }

    @Test
    void what_cannot_be_kept_is_told_all_the_same() throws Exception {
        Files.createFile(Files.createDirectories(home.resolve("state")).resolve("outbox"));
        String log = ToldStack.printed(() -> {
            try (Application dolmen = told.application(
                    Map.of("dolmen.notify.to", told.smtp("right"), "dolmen.catalog.marker", ".mounted"))) {
                dolmen.start();
                dolmen.run(ToldStack.NIGHTLY);
            }
        });
        assertThat(told.mail.getReceivedMessages()).hasSize(1);
        assertThat(log).contains("a notification is tried only now: cannot create the folder", "HINT: ");
    }

    @Test
    void what_waits_for_a_place_that_the_settings_do_not_name_any_more_is_dropped_and_the_log_says_so()
            throws Exception {
        Outbox outbox = new Outbox(home.resolve("state"), Clock.systemUTC());
        outbox.keep("dolmen.notify.to https://gone.example.org", new Notice(Map.of()));
        String log = ToldStack.printed(() -> told.serve(
                ToldStack.serving(Map.of()),
                () -> Awaitility.await()
                        .atMost(ToldStack.LIMIT)
                        .until(() -> outbox.waiting("dolmen.notify.to https://gone.example.org") == 0)));
        assertThat(log).contains("dropped 1 notifications", "gone.example.org", "do not name this place any more");
    }
}
