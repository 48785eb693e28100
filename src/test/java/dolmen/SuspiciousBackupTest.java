package dolmen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.app.ServedStack;
import dolmen.catalog.AnyStack;
import dolmen.catalog.Catalog;
import dolmen.model.Backup;
import dolmen.model.ExitCode;
import dolmen.model.Manifest;
import dolmen.model.Reason;
import dolmen.model.Report;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.stories.DolmenCommand;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a stack that does not serve all that its metadata uses. */
class SuspiciousBackupTest {
    private static final String SET = "a partition set is not complete: wiki 2024-03-01T00:00:00Z/2024-03-02T00:00:00Z";

    @TempDir
    Path home;

    @Test
    @Tag("T41")
    void T41_a_backup_with_a_partition_set_that_is_not_complete_is_suspicious_and_says_why_everywhere()
            throws Exception {
        Catalog catalog = new Catalog(home.resolve("catalog"));
        try (ServedStack dolmen = new ServedStack(home)) {
            dolmen.stack.sql("UPDATE druid_segments SET payload = convert_to(replace(convert_from(payload, 'UTF8'),"
                    + " '\"partitions\":1', '\"partitions\":2'), 'UTF8') WHERE id LIKE 'wiki_2024-03-01%'");

            Report published = dolmen.backup();

            assertThat(published.outcome()).as(published.summary()).isEqualTo(ExitCode.INCOMPLETE);
            assertThat(published.summary()).contains(", suspicious: " + SET);
            Backup backup = catalog.find(catalog.labels().get(0));
            assertThat(backup.manifest().verdict()).isEqualTo(Manifest.SUSPICIOUS);
            assertThat(backup.manifest().reasons()).singleElement().satisfies(reason -> {
                assertThat(reason.kind()).isEqualTo("partitions");
                assertThat(reason.text()).startsWith(SET);
            });
            assertThat(backup.state().reasons())
                    .isEqualTo(backup.manifest().reasons().stream()
                            .map(Reason::text)
                            .toList());
            assertThatThrownBy(() -> AnyStack.newestGood(catalog)).isInstanceOf(NothingToRestore.class);
        }
        DolmenCommand command = new DolmenCommand(home).with("dolmen.catalog.path", home.resolve("catalog") + "");
        String label = catalog.labels().get(0).text();
        assertThat(command.run("list").output()).contains("suspicious: " + SET);
        assertThat(command.run("show", label).output()).contains("suspicious: " + SET);
    }
}
