package dolmen.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dolmen.archive.SafeFiles;
import dolmen.archive.Tool;
import dolmen.catalog.Logged;
import dolmen.model.Notice;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    private static final String PLACE = "dolmen.notify.to smtp:mail.example.org:587";
    private static final String OTHER = "dolmen.notify.to https://hooks.example.org 2";

    @TempDir
    Path state;

    private final Logged log = new Logged("dolmen.notices");
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final Consumer<Notice> sender = notice -> sent.add(notice.value("title"));

    @AfterEach
    void end() {
        log.close();
    }

    @Test
    void what_waits_is_sent_once_oldest_first_to_its_place_alone_and_only_its_owner_can_read_it() throws Exception {
        keep(PLACE, "first", "second", "third");
        keep(OTHER, "to another");
        for (Path file : OutboxLimits.entries(home())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(outbox().send(PLACE, sender)).isTrue();
        assertThat(outbox().send(PLACE, sender)).isFalse();
        assertThat(sent).containsExactly("first", "second", "third");
        assertThat(outbox().waiting(PLACE)).isZero();
        assertThat(outbox().waiting(OTHER)).isEqualTo(1);
    }

    @Test
    void while_the_place_is_away_all_waits_in_its_order_and_the_first_is_tried_alone() {
        keep(PLACE, "first", "second");
        List<String> tried = new ArrayList<>();
        assertThatThrownBy(() -> outbox().send(PLACE, notice -> {
                    tried.add(notice.value("title"));
                    throw new Unavailable("it is away", "Wait.");
                }))
                .isInstanceOf(Unavailable.class);
        assertThat(tried).containsExactly("first");
        outbox().send(PLACE, sender);
        assertThat(sent).containsExactly("first", "second");
    }

    @Test
    void what_the_place_refuses_holds_up_no_other_and_waits_until_the_setting_is_mended() {
        keep(PLACE, "too large", "second");
        assertThatThrownBy(() -> outbox().send(PLACE, refusing("too large"))).hasMessage("refused");
        assertThat(sent).containsExactly("second");
        outbox().send(PLACE, sender);
        assertThat(sent).containsExactly("second", "too large");
    }

    @Test
    void a_wrong_password_is_not_tried_for_all_that_waits() {
        keep(PLACE, "a", "b", "c", "d", "e");
        List<String> tried = new ArrayList<>();
        assertThatThrownBy(() -> outbox().send(PLACE, notice -> {
                    tried.add(notice.value("title"));
                    throw new Failed("refused", "Check the password.");
                }))
                .hasMessage("refused");
        assertThat(tried).containsExactly("a", "b", "c");
        assertThat(outbox().waiting(PLACE)).isEqualTo(5);
    }

    @Test
    void what_waited_for_too_long_or_is_too_much_is_dropped_and_the_log_says_so() throws Exception {
        keep(PLACE, "old", "young");
        Files.setLastModifiedTime(
                OutboxLimits.entries(home()).get(0),
                FileTime.from(Instant.now().minus(OutboxLimits.LONGEST).minusSeconds(60)));
        outbox().send(PLACE, sender);
        assertThat(sent).containsExactly("young");
        assertThat(log.lines()).singleElement().asString().contains("dropped 1", "mail.example.org", "3 days", "HINT:");

        sent.clear();
        keep(PLACE, IntStream.range(0, 102).mapToObj(Integer::toString).toArray(String[]::new));
        outbox().send(PLACE, sender);
        assertThat(sent).hasSize(100).startsWith("2").endsWith("101");
        assertThat(log.lines()).hasSize(2).last().asString().contains("dropped 2", "more than 100");
    }

    @Test
    void what_waits_for_a_place_that_is_not_in_the_settings_is_dropped_once() throws Exception {
        keep(PLACE, "first");
        keep(OTHER, "second");
        Files.writeString(state.resolve("outbox/no-folder"), "");
        outbox().dropBut(List.of(OTHER));
        outbox().dropBut(List.of(OTHER));
        assertThat(outbox().waiting(PLACE)).isZero();
        assertThat(outbox().waiting(OTHER)).isEqualTo(1);
        assertThat(log.lines()).singleElement().asString().contains("dropped 1", "mail.example.org");
    }

    @Test
    void what_cannot_be_read_is_named_once_and_holds_up_no_other() throws Exception {
        Files.writeString(state.resolve("secret"), "{\"values\":{\"title\":\"of somebody else\"}}");
        for (String make : List.of(
                "ln -s ../../secret F",
                "mkdir F",
                "mkfifo F",
                "ln -s /dev/zero F",
                "echo null > F",
                "echo '{\"values\":null}' > F",
                "echo '{\"values\":{\"title\":null}}' > F",
                "echo '{\"values\":{\"bcc\":\"x\"}}' > F",
                "head -c 1000 /dev/urandom > F",
                "printf '[%.0s' $(seq 100000) > F",
                "truncate -s 20G F")) {
            SafeFiles.folder(home());
            Tool.ok(home(), "rm -rf 0.json; " + make.replace("F", "0.json"));
            keep(PLACE, "good");
            Outbox outbox = outbox();
            int before = log.lines().size();
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                outbox.send(PLACE, sender);
                outbox.send(PLACE, sender);
            });
            assertThat(sent).as(make).containsExactly("good");
            assertThat(log.lines().subList(before, log.lines().size()))
                    .as(make)
                    .singleElement()
                    .asString()
                    .contains("0.json", "HINT:")
                    .doesNotContain("somebody");
            sent.clear();
        }
    }

    private Consumer<Notice> refusing(String title) {
        return notice -> {
            if (notice.value("title").equals(title)) {
                throw new Failed("refused", "Check the setting.");
            }
            sender.accept(notice);
        };
    }

    private void keep(String place, String... titles) {
        for (String title : titles) {
            outbox().keep(place, new Notice(Map.of("title", title)));
        }
    }

    private Path home() {
        return state.resolve("outbox/dolmen.notify.to+smtp%3Amail.example.org%3A587");
    }

    /** As another process has it. */
    private Outbox outbox() {
        return new Outbox(state, Clock.systemUTC());
    }
}
