package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.model.BackupContents;
import dolmen.model.Plan;
import dolmen.model.RestoreRun;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StackIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restore asks before it replaces the data of a stack that is not known to be the one of the backup; a real PostgreSQL. */
@Tag("T10")
class ConsentTest {
    @TempDir
    Path home;

    private PlainStack stack;

    @BeforeEach
    void a_stack_with_data() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
    }

    @Test
    void t10_its_own_backup_asks_nothing_and_supervisors_go_on() {
        Plan plan = stack.plan(stack.backupOf(stack.identity()));
        assertThat(plan.losses()).isEmpty();
        assertThat(plan.lines().get(0))
                .isEqualTo(
                        "restore backup 20261124-020000 of " + stack.identity().words() + " into the same stack");
        assertThat(plan.lines()).noneMatch(line -> line.contains("comes back suspended,"));
    }

    @Test
    void t10_another_database_of_the_same_postgresql_is_another_stack() {
        asks(
                with(Optional.of("production"), stack.identity().sharedFolder()),
                "which is another stack than that of the backup");
    }

    @Test
    void t10_a_copied_volume_with_the_same_postgresql_and_database_is_another_stack() {
        asks(
                with(stack.identity().database(), Optional.of("production_shared")),
                "which is another stack than that of the backup");
    }

    @Test
    void t10_another_name_is_another_stack_whatever_else_agrees() {
        assertThat(stack.identity()
                        .named(Optional.of("staging"))
                        .is(stack.identity().named(Optional.of("production"))))
                .isFalse();
    }

    @Test
    void t10_what_cannot_be_told_apart_is_asked_too() {
        asks(
                new StackIdentity(Optional.of("there"), Optional.empty(), new TreeMap<>()),
                "which is not known to be the stack of the backup");
        assertThat(stack.plan(stack.files()).lines().get(0)).contains("do not say whose they are");
        assertThat(stack.plan(stack.files()).losses()).anyMatch(loss -> loss.startsWith("the data of "));
    }

    @Test
    void t10_a_target_that_holds_nothing_asks_nothing_and_both_stacks_are_named() {
        StackIdentity production = with(Optional.of("production"), Optional.of("production_shared"));
        BackupContents backup = stack.backupOf(production);
        stack.sql("TRUNCATE druid_segments, druid_supervisors, druid_datasource");

        Plan plan = stack.plan(backup);

        assertThat(plan.losses()).isEmpty();
        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.lines().get(0))
                .isEqualTo("restore backup 20261124-020000 of " + production.words() + " into another stack, "
                        + stack.identity().words());
        assertThat(plan.lines()).noneMatch(line -> line.contains("comes back running"));
    }

    @Test
    void t10_a_backup_of_another_stack_that_nobody_named_never_replaces_data() {
        RunRequest unnamed = Restoring.newest().confirmed().request();
        BackupContents backup = stack.backupOf(with(Optional.of("production"), Optional.empty()));
        Plan plan = stack.plan(RestoreRun.begin(Run.begin(unnamed, Instant.now()), backup));
        assertThat(plan.refusals()).singleElement().asString().contains("no backup was named");
    }

    private void asks(StackIdentity of, String words) {
        Plan plan = stack.plan(stack.backupOf(of));
        assertThat(plan.losses()).contains("the data of " + stack.identity().words() + ", " + words);
        assertThat(plan.lines().get(0)).contains(of.words(), stack.identity().words());
        assertThat(plan.lines()).noneMatch(line -> line.contains("comes back running"));
    }

    private StackIdentity with(Optional<String> database, Optional<String> sharedFolder) {
        StackIdentity here = stack.identity();
        return new StackIdentity(
                Optional.empty(),
                here.systemIdentifier(),
                database,
                sharedFolder,
                Optional.of("there"),
                new TreeMap<>());
    }
}
