package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Verdicts;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.BackupContents;
import dolmen.model.Plan;
import dolmen.model.Verdict;
import dolmen.model.Verdict.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore would do, told of a real database and a real folder. */
class RestorePlannerTest {
    private static final String OTHER = "1111111111111111111";

    @TempDir
    Path home;

    private PlainStack stack;

    @BeforeEach
    void a_filled_stack() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
    }

    @Test
    void a_stack_that_is_as_it_was_loses_nothing() {
        Plan plan = stack.plan(stack.backup());

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.losses()).isEmpty();
        assertThat(plan.lines())
                .contains("metadata", "supervisors", "segments", "Metabase", "stack")
                .contains("  wiki: used segments 0 added, 4 kept, 0 lost")
                .contains("  0 active tasks, 0 task locks, 0 pending segments of the time of the backup are cleared")
                .anyMatch(line -> line.matches("  free space on PostgreSQL's volume: unknown; the dump has .*"))
                .anyMatch(line -> line.matches("  54 files, 1\\.2 MB, replace the content of .* has .* free"));
    }

    @Test
    @Tag("T49")
    void services_that_are_down_are_named_and_whether_they_are_started() {
        stack.down = List.of("historical", "broker");
        stack.containers = List.of("historical (container shop-historical-1, project shop)");

        assertThat(stack.plan(stack.backup()).lines())
                .contains("  services of this stack: historical (container shop-historical-1, project shop)")
                .contains("  these services are down and are started: historical, broker");
    }

    @Test
    void a_suspicious_backup_needs_consent_unless_its_reasons_are_accepted_and_a_damaged_one_is_refused() {
        BackupContents backup = stack.backup();
        Verdicts.add(backup.folder(), verdict(Kind.SUSPICIOUS, "one row is gone"));
        Plan plan = stack.plan(backup);
        assertThat(plan.doubts()).containsExactly("one row is gone");
        assertThat(plan.lines()).contains("  warning: the backup is suspicious: one row is gone");

        Verdicts.add(backup.folder(), verdict(Kind.ACCEPTED, "one row is gone"));
        assertThat(stack.plan(backup).doubts()).isEmpty();
        assertThat(stack.plan(backup).refusals()).isEmpty();

        Verdicts.add(backup.folder(), verdict(Kind.DAMAGED, "the dump has changed"));
        assertThat(stack.plan(backup).refusals())
                .singleElement()
                .asString()
                .endsWith("is damaged: the dump has changed");
    }

    private static Verdict verdict(Kind kind, String reason) {
        return Verdict.of(Instant.EPOCH, "here", kind, List.of(reason));
    }

    @Test
    void another_stack_with_data_would_lose_them_and_its_identity_is_told() {
        Plan plan = stack.plan(stack.backup(Optional.of(OTHER)));

        assertThat(plan.losses())
                .containsExactly(
                        "the data of " + stack.identity().words() + ", which is another stack than that of the backup");
        assertThat(plan.lines()).anyMatch(line -> line.contains(OTHER) && line.contains("into another stack"));
    }

    @Test
    void another_stack_that_is_empty_loses_nothing() {
        BackupContents backup = stack.backup(Optional.of(OTHER));
        stack.sql("TRUNCATE druid_segments, druid_supervisors");

        assertThat(stack.plan(backup).losses()).isEmpty();
    }

    @Test
    void the_same_stack_is_told_to_be_the_same() {
        Plan plan = stack.plan(stack.backup(stack.metadata.systemIdentifier()));

        assertThat(plan.losses()).isEmpty();
        assertThat(plan.lines()).contains("  the backup is of this stack");
    }

    @Test
    @Tag("MD-17")
    void another_version_of_druid_is_a_warning_that_names_both() {
        stack.druidVersion = Optional.of("32.0.0");
        Plan plan = stack.plan(stack.backup(Optional.of(OTHER)));
        assertThat(plan.lines()).anyMatch(line -> line.contains("Druid was 25.0.0 and is 32.0.0"));

        stack.druidVersion = Optional.empty();
        assertThat(stack.plan(stack.backup(Optional.of(OTHER))).lines())
                .contains("  Druid 25.0.0 in the backup, unknown, not answering, here");
    }

    @Test
    @Tag("T46")
    void T46_load_rules_of_the_backup_that_would_throw_restored_segments_away_need_consent() {
        stack.sql("UPDATE druid_rules SET payload = convert_to('[{\"type\":\"loadByPeriod\",\"period\":\"P1M\"},"
                + "{\"type\":\"dropForever\"}]', 'UTF8') WHERE datasource = '_default'");

        Plan plan = stack.plan(stack.backup());

        assertThat(plan.losses())
                .anyMatch(loss ->
                        loss.startsWith("4 segments of wiki (dropForever): 2024-03-01T00:00:00Z/2024-03-05T00:00:00Z"))
                .noneMatch(loss -> loss.contains("of clicks"));
        assertThat(plan.notes())
                .anyMatch(note -> note.startsWith("warning: the load rules do not keep 4 segments of wiki"));
    }

    @Test
    @Tag("T46")
    void T46_a_tier_without_historicals_needs_consent_where_the_tiers_are_known() {
        stack.sql("UPDATE druid_rules SET payload = convert_to('[{\"type\":\"loadForever\",\"tieredReplicants\":"
                + "{\"cold\":1}}]', 'UTF8') WHERE datasource = '_default'");

        assertThat(stack.plan(stack.backup()).losses()).isEmpty();
        stack.tiers = Optional.of(new TreeSet<>(List.of("_default_tier")));
        assertThat(stack.plan(stack.backup()).losses())
                .anyMatch(loss -> loss.contains("wiki (loadForever wants tier cold, which has no historical)"));
        stack.tiers = Optional.of(new TreeSet<>(List.of("cold")));
        assertThat(stack.plan(stack.backup()).losses()).noneMatch(loss -> loss.contains("wiki"));
    }

    @Test
    void segments_of_another_shared_folder_are_refused() {
        stack.sql("UPDATE druid_segments SET payload =" + " convert_to(replace(convert_from(payload, 'UTF8'), '"
                + stack.shared + "', '/mnt/other'), 'UTF8')");

        assertThat(stack.plan(stack.backup()).refusals())
                .containsExactly("12 used segments lie in /mnt/other/segments, the shared folder of this stack is "
                        + stack.shared);
    }

    @Test
    void a_plan_changes_nothing() throws Exception {
        BackupContents backup = stack.backup();
        String before = stack.postgres.query("postgres", "SELECT string_agg(datname, ',' ORDER BY 1) FROM pg_database");

        stack.plan(backup);

        assertThat(stack.postgres.query("postgres", "SELECT string_agg(datname, ',' ORDER BY 1) FROM pg_database"))
                .isEqualTo(before);
        try (var files = Files.list(stack.shared)) {
            assertThat(files).containsExactly(stack.shared.resolve("segments"));
        }
    }
}
