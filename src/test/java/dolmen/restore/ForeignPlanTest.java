package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.model.BackupContents;
import dolmen.model.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says of what is in Druid's database and not Druid's. */
@Tag("T9")
class ForeignPlanTest {
    @TempDir
    Path home;

    private PlainStack stack;
    private BackupContents backup;

    @BeforeEach
    void a_filled_stack_and_its_backup() throws Exception {
        stack = new PlainStack(home, PostgresFixture.shared()).filled();
        stack.sql("CREATE TABLE orders AS SELECT 1 AS n; GRANT SELECT ON orders TO druid");
        backup = stack.backup();
    }

    @Test
    void t9_ten_thousand_rows_of_others_are_not_replaced_by_one() {
        assertThat(stack.plan(backup).refusals()).isEmpty();
        stack.sql("INSERT INTO orders SELECT generate_series(2, 10000); CREATE VIEW sums AS SELECT sum(n) FROM orders");

        Plan plan = stack.plan(backup);

        assertThat(plan.refusals())
                .containsExactly("it would lose what is not Druid's, and --lose-foreign was not given:"
                        + " table orders with 10000 rows, view sums");
        assertThat(plan.losses()).isEmpty();
        assertThat(plan.lines()).contains("not Druid's");
    }

    @Test
    void t9_what_a_person_named_is_a_loss_to_confirm() {
        stack.sql("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'");

        Plan plan = stack.planLosingForeign(backup);

        assertThat(plan.refusals()).isEmpty();
        assertThat(plan.losses()).containsExactly("what is not Druid's: function f()");
    }

    @Test
    void t9_many_are_named_up_to_a_number() {
        for (int i = 10; i < 40; i++) {
            stack.sql("CREATE SEQUENCE s" + i);
        }

        assertThat(stack.plan(backup).refusals())
                .singleElement()
                .asString()
                .contains("sequence s10, ", "sequence s29 and 10 more")
                .doesNotContain("s30");
    }

    @Test
    void t9_load_rules_and_configuration_that_the_backup_lacks_are_losses() {
        stack.sql("INSERT INTO druid_rules (id, datasource, version, payload) VALUES ('own', 'own', '2026', '[]');"
                + "INSERT INTO druid_config (name, payload) VALUES ('own.config', '{}')");

        assertThat(stack.plan(backup).losses()).containsExactly("load rules of own", "configuration own.config");
    }
}
