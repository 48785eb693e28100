package dolmen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.app.ServedStack;
import dolmen.archive.Tool;
import dolmen.catalog.AnyStack;
import dolmen.catalog.Catalog;
import dolmen.model.Backup;
import dolmen.model.BackupChoice;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Reason;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.model.RunOptions.VerifyOptions;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.NothingToRestore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment's files are lost for good: a person names it, and all the rest is saved. */
class AcceptMissingTest {
    @TempDir
    Path home;

    private ServedStack dolmen;
    private Catalog catalog;
    private List<String> lost;

    @BeforeEach
    void a_stack_of_whose_segments_two_have_lost_their_files() throws Exception {
        dolmen = new ServedStack(home);
        catalog = dolmen.catalog;
        lost = query("SELECT string_agg(id, chr(10)) FROM (SELECT id FROM druid_segments"
                        + " WHERE used AND datasource = 'wiki' ORDER BY id LIMIT 2) AS two")
                .lines()
                .toList();
        for (String id : lost) {
            String path = query(
                    "SELECT convert_from(payload, 'UTF8')::json->'loadSpec'->>'path' FROM druid_segments WHERE id = '"
                            + id + "'");
            assertThat(path).startsWith(dolmen.stack.shared.toString());
            Tool.ok(home, "rm -r '" + path + "'");
        }
    }

    private String query(String sql) {
        return dolmen.stack.postgres.query(dolmen.stack.database, sql);
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    @Test
    @Tag("T15")
    void T15_a_backup_lacks_only_what_a_person_named_and_is_suspicious_then() {
        Report failed = dolmen.backup();
        assertThat(failed.outcome()).as(failed.summary()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(failed.hint().orElseThrow()).contains("`dolmen backup --accept-missing ID,...`");
        assertThat(dolmen.backup(lost.get(0)).outcome()).isEqualTo(ExitCode.INCOMPLETE);
        Report slip = dolmen.backup(lost.get(0), "wiki_of_nowhere");
        assertThat(slip.outcome()).as(slip.summary()).isEqualTo(ExitCode.USAGE);
        assertThat(slip.summary()).contains("no used segment has the id wiki_of_nowhere");
        assertThat(catalog.labels()).isEmpty();

        Report published = dolmen.backup(lost.get(0), lost.get(1));

        assertThat(published.outcome()).as(published.summary()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(published.summary()).startsWith("published backup").contains("suspicious", lost.get(0), lost.get(1));
        Backup backup = catalog.find(catalog.labels().get(0));
        Manifest manifest = backup.manifest();
        assertThat(manifest.verdict()).isEqualTo(Manifest.SUSPICIOUS);
        assertThat(manifest.consistency().accepted()).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(manifest.consistency().held())
                .isEqualTo(manifest.consistency().used() - 2);
        assertThat(manifest.reasons()).extracting(Reason::kind).containsExactly("missing");
        assertThat(backup.state().reasons()).singleElement().asString().contains(lost.get(0), lost.get(1));
        assertThatThrownBy(() -> AnyStack.newestGood(catalog)).isInstanceOf(NothingToRestore.class);
    }

    @Test
    @Tag("T15")
    void T15_a_restore_of_such_a_backup_needs_consent_and_expects_what_is_missing_as_missing() {
        dolmen.backup(lost.get(0), lost.get(1));
        Label label = catalog.labels().get(0);
        Restoring restore = Restoring.of(label);
        Report verified =
                dolmen.run(new RunRequest(Operation.VERIFY, Origin.COMMAND, new VerifyOptions(BackupChoice.of(label))));
        assertThat(verified.outcome()).as(verified.summary()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(verified.summary()).contains(lost.get(0), lost.get(1));
        assertThat(catalog.find(label).state().isDamaged()).isFalse();

        Report refused = dolmen.run(restore.request());
        assertThat(refused.outcome()).as(refused.summary()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.summary()).contains("is suspicious", lost.get(0));

        Report confirmed = dolmen.run(restore.confirmed().request());
        assertThat(confirmed.succeeded()).as(confirmed.summary()).isTrue();
    }
}
