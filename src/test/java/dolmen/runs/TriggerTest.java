package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.BackupChoice;
import dolmen.model.DeadLetter;
import dolmen.model.Json;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Unusable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TriggerTest {
    @TempDir
    Path inbox;

    @Test
    @Tag("T30")
    void a_name_of_a_datasource_has_an_end() throws Exception {
        Path file = Files.writeString(inbox.resolve("long.restore"), "datasources=" + "a".repeat(1025));
        assertThatThrownBy(() -> Trigger.read(file))
                .isInstanceOf(Unusable.class)
                .hasMessage("the name of a datasource has 1025 letters");
    }

    @Test
    void an_empty_restore_trigger_means_the_newest_good_backup() throws Exception {
        RunRequest request = Trigger.read(trigger("now.restore", ""));
        assertThat(request.operation()).isEqualTo(Operation.RESTORE);
        assertThat(request.origin()).isEqualTo(Origin.TRIGGER);
        assertThat(request.trigger()).contains("now.restore");
        assertThat(request.options()).isEqualTo(Restoring.newest().options());
    }

    @Test
    void keys_choose_the_backup_and_leave_metabase_out() throws Exception {
        RunRequest request =
                Trigger.read(trigger("a.restore", "# the day before\nbackup = 20261124-020000\n\nmetabase=skip\n"));
        assertThat(request.options())
                .isEqualTo(Restoring.of(new Label("20261124-020000"))
                        .withoutMetabase()
                        .options());
    }

    @Test
    @Tag("T15")
    void T15_segments_that_are_lost_for_good_are_named_with_commas_between() throws Exception {
        assertThat(Trigger.read(trigger("a.backup", "accept-missing = wiki_1, wiki_2\n"))
                        .options(BackupOptions.class)
                        .acceptMissing())
                .containsExactly("wiki_1", "wiki_2");
        assertThatThrownBy(() -> Trigger.read(trigger("a.restore", "accept-missing=wiki_1\n")))
                .isInstanceOf(Unusable.class);
    }

    @Test
    void single_datasources_are_named_with_commas_between() throws Exception {
        RunRequest request = Trigger.read(trigger("one.restore", "datasources = wiki, clicks\n"));
        assertThat(request.choice().datasources()).containsExactly("clicks", "wiki");
        assertThat(request.route()).isEqualTo("restore-datasources");
        assertThat(Trigger.read(trigger("all.restore", "")).route()).isEqualTo("restore");
        refused("b.restore", "datasources=wiki,,", "datasources='wiki,,'");
        refused("c.backup", "datasources=wiki", "datasources=wiki");
    }

    @Test
    @Tag("TR-02")
    void what_would_be_lost_is_confirmed_by_one_word_alone() throws Exception {
        assertThat(Trigger.read(trigger("a.restore", "")).options())
                .isEqualTo(Restoring.newest().options());
        assertThat(Trigger.read(trigger("b.restore", "confirm=yes\n")).options())
                .isEqualTo(Restoring.newest().confirmed().options());
        refused("c.restore", "confirm=no", "confirm='no'");
        refused("d.restore", "confirm=", "confirm=''");
        refused("e.backup", "confirm=yes", "confirm=yes");
    }

    @Test
    void a_dead_letter_keeps_the_confirmation_that_it_had() throws Exception {
        RunRequest confirmed = Restoring.newest().confirmed().request();
        Run run = Run.begin(confirmed, Instant.parse("2026-11-24T02:00:00Z"));
        DeadLetters letters = new DeadLetters(inbox.resolve("dead-letter"));
        Path letter = letters.keep(new DeadLetter(run, Optional.empty(), 1, "failure", "hint", Map.of()));

        RunRequest retried = Trigger.read(letter);

        assertThat(retried.options()).isEqualTo(confirmed.options());
        assertThat(retried.origin()).isEqualTo(Origin.RETRY);
        assertThat(retried.trigger()).contains(run.id() + ".json");
    }

    @Test
    void a_run_of_before_there_were_confirmations_is_still_read() throws Exception {
        String before = "{\"operation\":\"restore\",\"origin\":\"command\",\"trigger\":null,\"label\":null,"
                + "\"from\":null,\"skipMetabase\":false}";
        assertThat(Json.MAPPER.readValue(before, RunRequest.class))
                .isEqualTo(RunRequest.of(Operation.RESTORE, Origin.COMMAND));
    }

    @Test
    @Tag("TR-07")
    void windows_line_ends_and_a_byte_order_mark_do_no_harm() throws Exception {
        assertThat(Trigger.read(trigger("a.restore", "\uFEFFbackup=20261124-020000\r\n"))
                        .backup())
                .isEqualTo(BackupChoice.of(new Label("20261124-020000")));
    }

    @Test
    @Tag("TR-07")
    void what_is_not_understood_is_refused_with_its_text() throws Exception {
        refused("a.restore", "bakup=20261124-020000", "bakup=20261124-020000");
        refused("a.restore", "now", "now");
        refused("a.restore", "backup=../../etc", "../../etc");
        refused("a.restore", "backup=20261399-020000", "20261399-020000");
        refused("a.restore", "metabase=no", "no");
        refused("a.restore", "from=/a\nfrom=/b", "twice");
        refused("a.backup", "from=/a", "from=/a");
        refused("a.destroy", "", "a.destroy");
        refused("a.undo", "", "a.undo");
        refused("a.json", "{\"not\": \"a dead letter\"}", "a.json");
    }

    @Test
    @Tag("TR-01")
    void a_trigger_of_ten_megabytes_is_refused_unread() throws Exception {
        Path huge = inbox.resolve("huge.restore");
        Files.write(huge, new byte[10 << 20]);
        assertThatThrownBy(() -> Trigger.read(huge))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining("larger");
    }

    private void refused(String name, String text, String named) throws Exception {
        Path file = trigger(name, text);
        assertThatThrownBy(() -> Trigger.read(file))
                .isInstanceOf(Unusable.class)
                .hasMessageContaining(named);
    }

    private Path trigger(String name, String text) throws Exception {
        return Files.write(inbox.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
