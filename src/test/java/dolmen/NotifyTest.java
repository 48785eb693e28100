package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.model.ExitCode;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.runs.RunJournal;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Dolmen, with a real mail server and a real server of the web that are told what happened. */
class NotifyTest {
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
    void a_failure_and_the_recovery_are_told_once_each_by_mail_and_webhook_and_good_backups_ping() throws Exception {
        Map<String, String> all = Map.of(
                "dolmen.catalog.marker",
                ".mounted",
                "dolmen.notify.to",
                told.smtp("right") + ", " + told.hook.url("/hook"),
                "dolmen.notify.json",
                "{\"text\": \"${dolmen.title}: ${dolmen.summary}\"}",
                "dolmen.notify.ping",
                told.hook.url("/ping"),
                "dolmen.notify.ping-failure",
                told.hook.url("/ping/fail"));
        Report failed;
        try (Application dolmen = told.application(all)) {
            dolmen.start();
            failed = dolmen.run(ToldStack.NIGHTLY);
            assertThat(failed.succeeded()).isFalse();
        }
        MimeMessage message = told.mail.getReceivedMessages()[0];
        assertThat(message.getSubject()).contains(": backup refused");
        assertThat(message.getContent().toString())
                .contains(
                        failed.run().id().text(),
                        "failed step: " + failed.failedStep().orElseThrow(),
                        "HINT: " + failed.hint().orElseThrow());
        assertThat(told.hook.calls).containsExactlyInAnyOrder("POST /hook application/json", "GET /ping/fail null");
        assertThat(told.hook.bodies).anyMatch(body -> body.startsWith("{\"text\": \"backup refused: "));

        Files.createDirectories(home.resolve("catalog"));
        Files.createFile(home.resolve("catalog/.mounted"));
        for (int night = 0; night < 2; night++) {
            try (Application dolmen = told.application(all)) {
                dolmen.start();
                Report report = dolmen.run(ToldStack.NIGHTLY);
                assertThat(report.outcome()).as(report.summary()).isEqualTo(ExitCode.OK);
            }
        }
        assertThat(told.mail.getReceivedMessages()).hasSize(2);
        assertThat(told.mail.getReceivedMessages()[1].getSubject()).endsWith(": backup works again");
        assertThat(told.hook.calls).filteredOn("GET /ping null"::equals).hasSize(2);
        assertThat(told.hook.calls)
                .filteredOn("POST /hook application/json"::equals)
                .hasSize(2);
    }

    @Test
    void a_wrong_mail_password_changes_no_outcome_and_is_nowhere_to_be_seen() throws Exception {
        Map<String, String> keys =
                Map.of("dolmen.notify.to", told.smtp("hidden-word"), "dolmen.notify.on", "success,failure");
        String log = ToldStack.printed(() -> {
            try (Application dolmen = told.application(keys)) {
                dolmen.start();
                assertThat(dolmen.run(ToldStack.NIGHTLY).outcome()).isEqualTo(ExitCode.OK);
            }
        });
        assertThat(log)
                .contains("could not tell smtp:127.0.0.1:", "HINT: Check the user, and the password")
                .doesNotContain("hidden-word");
        assertThat(told.mail.getReceivedMessages()).isEmpty();

        assertThat(told.command(keys, ExitCode.OK, "status"))
                .contains("not told: could not tell smtp:127.0.0.1:", "HINT: ")
                .doesNotContain("hidden-word");
        assertThat(told.command(Map.of(), ExitCode.OK, "status")).doesNotContain("not told");
    }

    @Test
    void a_run_whose_process_was_killed_is_told_by_the_next_start() throws Exception {
        String run = new RunJournal(home.resolve("state"), Clock.systemUTC())
                .begin(ToldStack.NIGHTLY)
                .id()
                .text();
        for (int start = 0; start < 2; start++) {
            try (Application dolmen = told.application(Map.of("dolmen.notify.to", told.smtp("right")))) {
                dolmen.start();
                dolmen.recover();
            }
        }
        assertThat(told.mail.getReceivedMessages()).hasSize(1);
        assertThat(told.mail.getReceivedMessages()[0].getContent().toString())
                .contains(run, "interrupted: the process ended");
    }

    @Test
    void a_backup_that_is_too_old_is_told_while_dolmen_runs() throws Exception {
        try (Application dolmen = told.application(Map.of())) {
            dolmen.start();
            dolmen.run(RunRequest.of(Operation.BACKUP, Origin.COMMAND));
        }
        Map<String, String> keys = Map.of("dolmen.notify.to", told.smtp("right"), "dolmen.freshness.limit", "1s");
        told.serve(
                ToldStack.serving(keys),
                () -> assertThat(told.mail.waitForIncomingEmail(60_000, 1)).isTrue());
        assertThat(told.mail.getReceivedMessages()[0].getSubject()).endsWith(": no fresh backup");
    }

    @Test
    void a_test_notification_says_what_arrived_and_what_did_not() throws Exception {
        Map<String, String> one = Map.of("dolmen.notify.to", told.smtp("right"));
        assertThat(told.command(one, ExitCode.OK, "notify-test")).contains("told smtp:127.0.0.1:");
        assertThat(told.mail.getReceivedMessages()[0].getSubject()).endsWith(": test");

        Map<String, String> two =
                Map.of("dolmen.notify.to", told.smtp("right"), "dolmen.notify.to.2", told.smtp("hidden"));
        assertThat(told.command(two, ExitCode.FAILED, "notify-test"))
                .contains("told smtp:127.0.0.1:", "could not tell smtp:127.0.0.1:")
                .doesNotContain("hidden");
        assertThat(told.command(Map.of(), ExitCode.USAGE, "notify-test")).contains("Set dolmen.notify.to.");
    }
}
