package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dolmen.bench.GeneratedStack;
import dolmen.catalog.Outbox;
import dolmen.catalog.RunJournal;
import dolmen.model.ExitCode;
import dolmen.model.Notice;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import notify.Hook;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Dolmen, with a real mail server and a real server of the web that are told what happened. */
class NotifyTest {
    private static final RunRequest NIGHTLY = RunRequest.of(Operation.BACKUP, Origin.SCHEDULE);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path home;

    private final GreenMail mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
    private GeneratedStack generated;
    private Hook hook;

    @BeforeEach
    void a_stack_and_those_who_are_told() throws Exception {
        generated = new GeneratedStack(home);
        generated.grow(20);
        hook = new Hook();
        mail.withConfiguration(GreenMailConfiguration.aConfig().withUser("ops@example.org", "dolmen", "right"));
        mail.start();
    }

    @AfterEach
    void ends() {
        mail.stop();
        hook.close();
        generated.close();
    }

    @Test
    void a_failure_and_the_recovery_are_told_once_each_by_mail_and_webhook_and_good_backups_ping() throws Exception {
        Map<String, String> all = Map.of(
                "dolmen.catalog.marker",
                ".mounted",
                "dolmen.notify.to",
                smtp("right") + ", " + hook.url("/hook"),
                "dolmen.notify.json",
                "{\"text\": \"${dolmen.title}: ${dolmen.summary}\"}",
                "dolmen.notify.ping",
                hook.url("/ping"),
                "dolmen.notify.ping-failure",
                hook.url("/ping/fail"));
        Report failed;
        try (Application dolmen = application(all)) {
            dolmen.start();
            failed = dolmen.run(NIGHTLY);
            assertThat(failed.succeeded()).isFalse();
        }
        MimeMessage told = mail.getReceivedMessages()[0];
        assertThat(told.getSubject()).contains(": backup refused");
        assertThat(told.getContent().toString())
                .contains(
                        failed.run().id(),
                        "failed step: " + failed.failedStep().orElseThrow(),
                        "HINT: " + failed.hint().orElseThrow());
        assertThat(hook.calls).containsExactlyInAnyOrder("POST /hook application/json", "GET /ping/fail null");
        assertThat(hook.bodies).anyMatch(body -> body.startsWith("{\"text\": \"backup refused: "));

        Files.createDirectories(home.resolve("catalog"));
        Files.createFile(home.resolve("catalog/.mounted"));
        for (int night = 0; night < 2; night++) {
            try (Application dolmen = application(all)) {
                dolmen.start();
                Report report = dolmen.run(NIGHTLY);
                assertThat(report.outcome()).as(report.summary()).isEqualTo(ExitCode.OK);
            }
        }
        assertThat(mail.getReceivedMessages()).hasSize(2);
        assertThat(mail.getReceivedMessages()[1].getSubject()).endsWith(": backup works again");
        assertThat(hook.calls).filteredOn("GET /ping null"::equals).hasSize(2);
        assertThat(hook.calls).filteredOn("POST /hook application/json"::equals).hasSize(2);
    }

    @Test
    void a_wrong_mail_password_changes_no_outcome_and_is_nowhere_to_be_seen() throws Exception {
        Map<String, String> keys =
                Map.of("dolmen.notify.to", smtp("hidden-word"), "dolmen.notify.on", "success,failure");
        String log = printed(() -> {
            try (Application dolmen = application(keys)) {
                dolmen.start();
                assertThat(dolmen.run(NIGHTLY).outcome()).isEqualTo(ExitCode.OK);
            }
        });
        assertThat(log)
                .contains("could not tell smtp:127.0.0.1:", "HINT: Check the user, and the password")
                .doesNotContain("hidden-word");
        assertThat(mail.getReceivedMessages()).isEmpty();

        assertThat(command(keys, ExitCode.OK, "status"))
                .contains("not told: could not tell smtp:127.0.0.1:", "HINT: ")
                .doesNotContain("hidden-word");
        assertThat(command(Map.of(), ExitCode.OK, "status")).doesNotContain("not told");
    }

    @Test
    void a_run_whose_process_was_killed_is_told_by_the_next_start() throws Exception {
        String run = new RunJournal(home.resolve("state"), Clock.systemUTC())
                .begin(NIGHTLY)
                .id();
        for (int start = 0; start < 2; start++) {
            try (Application dolmen = application(Map.of("dolmen.notify.to", smtp("right")))) {
                dolmen.start();
                dolmen.recover();
            }
        }
        assertThat(mail.getReceivedMessages()).hasSize(1);
        assertThat(mail.getReceivedMessages()[0].getContent().toString())
                .contains(run, "interrupted: the process ended");
    }

    @Test
    void a_backup_that_is_too_old_is_told_while_dolmen_runs() throws Exception {
        try (Application dolmen = application(Map.of())) {
            dolmen.start();
            dolmen.run(RunRequest.of(Operation.BACKUP, Origin.COMMAND));
        }
        Map<String, String> keys = Map.of("dolmen.notify.to", smtp("right"), "dolmen.freshness.limit", "1s");
        serve(
                serving(keys),
                () -> assertThat(mail.waitForIncomingEmail(60_000, 1)).isTrue());
        assertThat(mail.getReceivedMessages()[0].getSubject()).endsWith(": no fresh backup");
    }

    @Test
    void a_place_that_was_away_for_all_attempts_is_told_once_by_the_next_start_without_a_new_event() throws Exception {
        Map<String, String> keys =
                serving(Map.of("dolmen.notify.to", hook.url("/hidden-token"), "dolmen.catalog.marker", ".mounted"));
        hook.failing.set(Integer.MAX_VALUE);
        try (Application dolmen = application(keys)) {
            dolmen.start();
            assertThat(dolmen.run(NIGHTLY).succeeded()).isFalse();
        }
        assertThat(hook.calls).hasSize(3);
        assertThat(command(keys, ExitCode.FAILED, "status"))
                .contains("not told: could not tell http://127.0.0.1:", "(1 waits)")
                .doesNotContain("hidden");
        try (Stream<Path> state = Files.walk(home.resolve("state"))) {
            for (Path file : state.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("hidden");
            }
        }

        hook.failing.set(0);
        hook.calls.clear();
        hook.bodies.clear();
        for (int start = 0; start < 2; start++) {
            serve(
                    keys,
                    () -> Awaitility.await()
                            .atMost(LIMIT)
                            .until(() -> !hook.calls.isEmpty()
                                    && !command(keys, ExitCode.FAILED, "status").contains("not told")));
        }
        assertThat(hook.calls).containsExactly("POST /hidden-token application/json");
        assertThat(hook.bodies.get(0)).contains("\"title\":\"backup refused\"");
    }

    @Test
    void what_a_killed_process_had_not_sent_yet_is_told_by_the_next_one_before_what_is_new() throws Exception {
        Map<String, String> keys = Map.of("dolmen.notify.to", smtp("right"), "dolmen.notify.on", "success");
        new Outbox(home.resolve("state"), Clock.systemUTC())
                .keep(
                        "dolmen.notify.to smtp:127.0.0.1:" + mail.getSmtp().getPort(),
                        new Notice(Map.of("title", "old news", "time", "2026-11-24T02:00:00Z")));
        assertThat(command(keys, ExitCode.OK, "status")).contains("not told: dolmen.notify.to smtp:", "(1 waits)");
        try (Application dolmen = application(keys)) {
            dolmen.start();
            assertThat(dolmen.run(NIGHTLY).outcome()).isEqualTo(ExitCode.OK);
        }
        assertThat(mail.getReceivedMessages()).hasSize(2);
        assertThat(mail.getReceivedMessages()[0].getSubject()).endsWith(": old news");
        assertThat(mail.getReceivedMessages()[0].getContent().toString()).contains("2026-11-24T02:00:00Z");
        assertThat(mail.getReceivedMessages()[1].getSubject()).endsWith(": backup done");
    }

    @Test
    void what_cannot_be_kept_is_told_all_the_same() throws Exception {
        Files.createFile(Files.createDirectories(home.resolve("state")).resolve("outbox"));
        String log = printed(() -> {
            try (Application dolmen =
                    application(Map.of("dolmen.notify.to", smtp("right"), "dolmen.catalog.marker", ".mounted"))) {
                dolmen.start();
                dolmen.run(NIGHTLY);
            }
        });
        assertThat(mail.getReceivedMessages()).hasSize(1);
        assertThat(log).contains("a notification is tried only now: cannot create the folder", "HINT: ");
    }

    @Test
    void what_waits_for_a_place_that_the_settings_do_not_name_any_more_is_dropped_and_the_log_says_so()
            throws Exception {
        Outbox outbox = new Outbox(home.resolve("state"), Clock.systemUTC());
        outbox.keep("dolmen.notify.to https://gone.example.org", new Notice(Map.of()));
        String log = printed(() -> serve(
                serving(Map.of()),
                () -> Awaitility.await()
                        .atMost(LIMIT)
                        .until(() -> outbox.waiting("dolmen.notify.to https://gone.example.org") == 0)));
        assertThat(log).contains("dropped 1 notifications", "gone.example.org", "do not name this place any more");
    }

    private static Map<String, String> serving(Map<String, String> more) {
        Map<String, String> keys = new HashMap<>(more);
        keys.put("dolmen.http.enabled", "false");
        keys.put("dolmen.schedule.full", "off");
        keys.put("dolmen.schedule.incremental", "off");
        return keys;
    }

    /** Serves until this has been seen. */
    private void serve(Map<String, String> keys, ThrowingCallable seen) throws Exception {
        Application dolmen = application(keys);
        Thread serving = new Thread(() -> serve(dolmen));
        serving.start();
        try {
            seen.call();
        } catch (Exception | Error failed) {
            throw failed;
        } catch (Throwable other) {
            throw new IllegalStateException(other);
        } finally {
            dolmen.close();
            serving.join(60_000);
        }
    }

    private static void serve(Application dolmen) {
        try {
            dolmen.serve();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    @Test
    void a_test_notification_says_what_arrived_and_what_did_not() throws Exception {
        Map<String, String> one = Map.of("dolmen.notify.to", smtp("right"));
        assertThat(command(one, ExitCode.OK, "notify-test")).contains("told smtp:127.0.0.1:");
        assertThat(mail.getReceivedMessages()[0].getSubject()).endsWith(": test");

        Map<String, String> two = Map.of("dolmen.notify.to", smtp("right"), "dolmen.notify.to.2", smtp("hidden"));
        assertThat(command(two, ExitCode.FAILED, "notify-test"))
                .contains("told smtp:127.0.0.1:", "could not tell smtp:127.0.0.1:")
                .doesNotContain("hidden");
        assertThat(command(Map.of(), ExitCode.USAGE, "notify-test")).contains("Set dolmen.notify.to.");
    }

    /** Runs a command line; all that it printed. */
    private String command(Map<String, String> more, ExitCode expected, String command) throws Exception {
        Path file = home.resolve("application.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            properties(more).store(out, null);
        }
        return printed(() ->
                assertThat(Main.execute("--config", file.toString(), command)).isEqualTo(expected.status()));
    }

    private static String printed(ThrowingCallable run) throws Exception {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream stdout = System.out;
        PrintStream stderr = System.err;
        PrintStream both = new PrintStream(shown, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
        try {
            run.call();
        } catch (Exception | Error failed) {
            throw failed;
        } catch (Throwable other) {
            throw new IllegalStateException(other);
        } finally {
            System.setOut(stdout);
            System.setErr(stderr);
        }
        return shown.toString(StandardCharsets.UTF_8);
    }

    private String smtp(String password) {
        return "smtp:127.0.0.1:" + mail.getSmtp().getPort() + "?username=dolmen&password=RAW(" + password
                + ")&from=dolmen@example.org&to=ops@example.org";
    }

    private Application application(Map<String, String> more) {
        return new Application(
                Settings.from(new SettingsSource(properties(more), Map.of(), new Properties())), Map.of());
    }

    private Properties properties(Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(generated.stack.properties());
        properties.setProperty("dolmen.druid.url", generated.druidUrl());
        properties.putAll(more);
        return properties;
    }
}
