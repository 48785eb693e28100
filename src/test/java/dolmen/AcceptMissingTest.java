package dolmen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.catalog.AnyStack;
import dolmen.catalog.Catalog;
import dolmen.histories.standins.StoryDruid;
import dolmen.histories.standins.StoryDruid.Served;
import dolmen.metadata.PostgresFixture;
import dolmen.model.Backup;
import dolmen.model.ExitCode;
import dolmen.model.Manifest;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.NothingToRestore;
import dolmen.pipeline.PlainStack;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A segment's files are lost for good: a person names it, and all the rest is saved. */
class AcceptMissingTest {
    private static final Path ARCHIVE =
            Path.of("src/test/resources/backups/script-backup/druid_shared.tar").toAbsolutePath();

    @TempDir
    Path home;

    private final StoryDruid druid = druid();
    private PlainStack stack;
    private Application dolmen;
    private Catalog catalog;
    private List<String> lost;

    @BeforeEach
    void a_stack_of_whose_segments_two_have_lost_their_files() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        Tool.ok(stack.shared, "tar --strip-components=2 -xf " + ARCHIVE);
        catalog = new Catalog(home.resolve("catalog"));
        lost = stack.postgres
                .query(
                        stack.database,
                        "SELECT string_agg(id, chr(10)) FROM (SELECT id FROM druid_segments"
                                + " WHERE used AND datasource = 'wiki' ORDER BY id LIMIT 2) AS two")
                .lines()
                .toList();
        for (String id : lost) {
            String path = stack.postgres.query(
                    stack.database,
                    "SELECT convert_from(payload, 'UTF8')::json->'loadSpec'->>'path' FROM druid_segments WHERE id = '"
                            + id + "'");
            assertThat(path).startsWith(stack.shared.toString());
            Tool.ok(home, "rm -r '" + path + "'");
        }
        Properties properties = new Properties();
        properties.putAll(stack.properties());
        properties.put("dolmen.druid.url", druid.url().toString());
        properties.put("dolmen.druid.verify-limit", "10s");
        druid.serve(this::served);
        dolmen = new Application(Settings.from(new SettingsSource(properties, Map.of(), new Properties())), Map.of());
        dolmen.start();
    }

    @AfterEach
    void ends() {
        dolmen.close();
        druid.close();
    }

    /** What a cluster shows that reads these rows and files. */
    private List<Served> served() {
        return stack.postgres
                .query(
                        stack.database,
                        "SELECT string_agg(concat_ws(' ', id, datasource, start || '/' || \"end\","
                                + " convert_from(payload, 'UTF8')::json->>'size',"
                                + " convert_from(payload, 'UTF8')::json->'loadSpec'->>'path'), chr(10))"
                                + " FROM druid_segments WHERE used")
                .lines()
                .map(line -> line.split(" "))
                .map(row -> new Served(
                        row[0], row[1], row[2], Long.parseLong(row[3]), Files.exists(Path.of(row[4])) ? 10 : -1))
                .toList();
    }

    @Test
    @Tag("T15")
    void T15_a_backup_lacks_only_what_a_person_named_and_is_suspicious_then() {
        Report failed = backup();
        assertThat(failed.outcome()).as(failed.summary()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(failed.hint().orElseThrow()).contains("`dolmen backup --accept-missing ID,...`");
        assertThat(backup(lost.get(0)).outcome()).isEqualTo(ExitCode.INCOMPLETE);
        Report slip = backup(lost.get(0), "wiki_of_nowhere");
        assertThat(slip.outcome()).as(slip.summary()).isEqualTo(ExitCode.USAGE);
        assertThat(slip.summary()).contains("no used segment has the id wiki_of_nowhere");
        assertThat(catalog.labels()).isEmpty();

        Report published = backup(lost.get(0), lost.get(1));

        assertThat(published.outcome()).as(published.summary()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(published.summary()).startsWith("published backup").contains("suspicious", lost.get(0), lost.get(1));
        Backup backup = catalog.find(catalog.labels().get(0));
        Manifest manifest = backup.manifest();
        assertThat(manifest.verdict()).isEqualTo(Manifest.SUSPICIOUS);
        assertThat(manifest.consistency().accepted()).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(manifest.consistency().held())
                .isEqualTo(manifest.consistency().used() - 2);
        assertThat(backup.state().reasons()).singleElement().asString().contains(lost.get(0), lost.get(1));
        assertThatThrownBy(() -> AnyStack.newestGood(catalog)).isInstanceOf(NothingToRestore.class);
    }

    @Test
    @Tag("T15")
    void T15_a_restore_of_such_a_backup_needs_consent_and_expects_what_is_missing_as_missing() {
        backup(lost.get(0), lost.get(1));
        RunRequest restore = RunRequest.of(Operation.RESTORE, Origin.COMMAND)
                .about(Optional.of(catalog.labels().get(0)), Optional.empty());
        Report verified =
                dolmen.run(RunRequest.of(Operation.VERIFY, Origin.COMMAND).about(restore.label(), Optional.empty()));
        assertThat(verified.outcome()).as(verified.summary()).isEqualTo(ExitCode.INCOMPLETE);
        assertThat(verified.summary()).contains(lost.get(0), lost.get(1));
        assertThat(catalog.find(restore.label().orElseThrow()).state().isDamaged())
                .isFalse();

        Report refused = dolmen.run(restore);
        assertThat(refused.outcome()).as(refused.summary()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.summary()).contains("is suspicious", lost.get(0));

        Report confirmed = dolmen.run(restore.confirmed(true));
        assertThat(confirmed.succeeded()).as(confirmed.summary()).isTrue();
    }

    private static StoryDruid druid() {
        try {
            return new StoryDruid();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private Report backup(String... named) {
        return dolmen.run(
                RunRequest.of(Operation.BACKUP, Origin.COMMAND).acceptingMissing(new TreeSet<>(List.of(named))));
    }
}
