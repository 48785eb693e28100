package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Digests;
import dolmen.archive.MemberIndex;
import dolmen.archive.Tool;
import dolmen.database.postgres.PostgresFixture;
import dolmen.druid.ActiveTask;
import dolmen.model.Artifact;
import dolmen.model.BackupContents;
import dolmen.model.Member;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore of one datasource would do, told of a real database and a real folder. */
class DatasourcePlannerTest {
    @TempDir
    Path home;

    private PlainStack stack;
    private BackupContents backup;
    private List<ActiveTask> active = List.of();
    private boolean loadAll;

    @BeforeEach
    void a_filled_stack_and_its_backup() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        backup = stack.backup();
        Files.createDirectories(home.resolve("scratch/datasources"));
        needs(5);
    }

    /** Of the backup the selection needs one file of so many bytes. */
    private void needs(long bytes) {
        Path list = home.resolve("scratch/datasources/" + Artifact.SEGMENT_INDEX);
        try (MemberIndex.Writer index = MemberIndex.create(list)) {
            index.accept(new Member(
                    "opt/shared/segments/wiki/a",
                    bytes,
                    Digests.artifact(backup.file(Artifact.METADATA_DUMP)).sha256(),
                    backup.manifest().orElseThrow().label(),
                    512));
            index.finish();
        }
    }

    @Test
    void only_the_datasource_counts_and_what_came_since_would_be_lost() {
        stack.sql("INSERT INTO druid_segments SELECT 'new' || datasource, datasource, created_date, start, \"end\","
                + " partitioned, version, used, payload FROM druid_segments WHERE id IN"
                + " (SELECT min(id) FROM druid_segments WHERE used GROUP BY datasource)");

        Plan plan = plan("wiki");

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.losses()).containsExactly("1 used segments of wiki that the backup does not have");
        assertThat(plan.lines())
                .contains("  wiki: used segments 0 added, 4 kept, 1 lost")
                .noneMatch(line -> line.contains("clicks"));
    }

    @Test
    void a_running_supervisor_or_a_task_that_writes_it_refuses_it_and_others_do_not() {
        stack.supervisor("clicks", false);
        active = List.of(new ActiveTask("index_clicks", "index_parallel", "clicks"));
        assertThat(plan("wiki").refusals()).isEmpty();

        assertThat(plan("clicks").refusals())
                .hasSize(2)
                .anyMatch(reason -> reason.contains("supervisor clicks writes it"))
                .anyMatch(reason -> reason.contains("index_clicks"));
        stack.supervisor("clicks", true);
        active = List.of();
        assertThat(plan("clicks").refusals()).isEmpty();
    }

    @Test
    @Tag("T46")
    void T46_segments_that_the_rules_of_today_drop_are_told_and_need_consent() {
        stack.sql("DELETE FROM druid_rules WHERE datasource = 'wiki'; INSERT INTO druid_rules (id, datasource, version,"
                + " payload) VALUES ('today', 'wiki', '2026-11-25T00:00:00.000Z',"
                + " convert_to('[{\"type\":\"dropForever\"}]', 'UTF8'))");

        assertThat(plan("wiki").lines()).anyMatch(line -> line.contains("warning: ") && line.contains("wiki"));
        assertThat(plan("wiki").losses())
                .singleElement()
                .asString()
                .startsWith("4 segments of wiki (dropForever): 2024-03-01T00:00:00Z/2024-03-05T00:00:00Z");
        loadAll = true;
        assertThat(plan("wiki").losses()).isEmpty();
        assertThat(plan("wiki").notes()).contains("load rules kept aside of wiki: [{\"type\":\"dropForever\"}]");
        loadAll = false;
        assertThat(plan("clicks").lines()).noneMatch(line -> line.contains("warning: "));
    }

    @Test
    @Tag("T16")
    void T16_what_is_fetched_from_the_bucket_needs_room_here_and_where_it_is_added() throws Exception {
        Path fetched = home.resolve("scratch/datasources/20261124-020000");
        Tool.ok(home, "cp -r backup " + fetched);
        backup = BackupContents.begin(fetched, backup.manifest())
                .withDump(backup.dump().orElseThrow())
                .withArchive("opt/shared", backup.coverage().orElseThrow(), 1, 5);
        assertThat(plan("wiki").refusals()).isEmpty();
        assertThat(plan("wiki").lines())
                .anyMatch(line -> line.matches(
                        "  517 bytes of its archives are fetched from the bucket; the state" + " folder has .* free"));

        needs(1L << 60);

        assertThat(plan("wiki").refusals())
                .hasSize(2)
                .anyMatch(reason -> reason.startsWith("the state folder has "))
                .anyMatch(reason -> reason.contains("the files and what is fetched to the same volume need "));
    }

    @Test
    @Tag("T16")
    void T16_what_stands_where_a_file_is_to_come_refuses_it() throws Exception {
        assertThat(plan("wiki").refusals()).isEmpty();
        Files.createDirectories(stack.shared.resolve("segments/wiki/a"));

        assertThat(plan("wiki").refusals())
                .singleElement()
                .asString()
                .startsWith("in deep storage " + stack.shared
                        + "/segments/wiki/a is a folder, or a link to one, where a file belongs");
    }

    @Test
    void a_stack_without_a_database_is_refused_before_anything_else_is_asked() {
        stack.postgres.execute("postgres", "DROP DATABASE " + stack.database);
        assertThat(plan("wiki").refusals())
                .containsExactly(
                        "there is no database " + stack.database + ": single datasources go into a stack that works");
    }

    private Plan plan(String datasource) {
        RunRequest request =
                Restoring.newest().only(datasource).loadingAll(loadAll).request();
        Run run = Run.begin(request, Instant.parse("2026-11-24T03:00:00Z"));
        return new DatasourcePlanner(
                        stack.metadata,
                        stack.storage,
                        stack::identity,
                        () -> active,
                        new RulesPlan(Optional::empty, Clock.systemUTC()),
                        new SelectionPlan(stack.storage, new SelectedFiles(home.resolve("scratch"))))
                .apply(RestoreRun.begin(run, backup));
    }
}
