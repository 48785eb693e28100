package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.LastGood;
import dolmen.model.Backup;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.model.RunRequest;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Production and staging: two databases in one PostgreSQL, two shared folders, one catalog, one prefix of a bucket. */
@Timeout(300)
class OneCatalogForTwoStacksTest extends TwoStacks {
    @Test
    @Tag("T47")
    void t47_neither_a_prune_nor_a_backup_removes_the_backups_of_the_other_stack() throws Exception {
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        run(staging, RunRequest.of(Operation.PRUNE, Origin.COMMAND));
        assertThat(labels()).hasSize(2);

        more.put("dolmen.retention.after-backup", "true");
        run(staging, backup(Kind.FULL));
        assertThat(labels()).hasSize(2);
    }

    @Test
    @Tag("T47")
    void t47_an_incremental_backup_builds_on_the_newest_of_its_own_stack() throws Exception {
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        Report incremental = run(production, backup(Kind.INCREMENTAL));
        assertThat(incremental.details()).anyMatch(line -> line.startsWith("incremental: 0 files"));
    }

    @Test
    @Tag("T47")
    void t47_what_is_newest_and_fresh_is_the_newest_of_the_stack_itself() throws Exception {
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        Optional<Backup> newest =
                LastGood.of(settings(production), Clock.systemUTC()).find();
        assertThat(newest.orElseThrow().manifest().label()).hasToString(labels().get(0));
    }

    @Test
    @Tag("T47")
    void t47_a_restore_that_names_none_takes_the_newest_of_its_stack() throws Exception {
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        Report plan = report(production, RunRequest.of(Operation.PLAN, Origin.COMMAND));
        assertThat(plan.details().get(0)).contains("restore backup " + labels().get(0));
    }

    @Test
    @Tag("T10")
    void t10_a_backup_of_the_other_database_in_one_postgresql_is_one_of_another_stack() throws Exception {
        run(production, backup(Kind.FULL));
        Report plan = report(staging, Restoring.of(label(0)).plan());
        assertThat(plan.details().get(0))
                .contains("database " + production.stack.database, "into", "database " + staging.stack.database);
        assertThat(plan.details()).noneMatch(line -> line.contains("comes back running"));
        assertThat(plan.details()).anyMatch(line -> line.contains("the data of database " + staging.stack.database));
    }

    private Label label(int number) {
        return new Label(labels().get(number));
    }
}
