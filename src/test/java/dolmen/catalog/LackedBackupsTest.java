package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Label;
import dolmen.model.Meter;
import dolmen.model.PrunePlan;
import dolmen.model.Retention;
import dolmen.model.StackIdentity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pruning beside a place that was down: three backups, of which the rules keep one. */
@Tag("T33")
class LackedBackupsTest {
    private static final Label ONE = new Label("20261121-020000");
    private static final Label TWO = new Label("20261122-020000");
    private static final Label THREE = new Label("20261123-020000");

    @TempDir
    Path home;

    private final HeldTarget target = new HeldTarget();
    private Catalog catalog;
    private StackIdentity stack;
    private long free = Long.MAX_VALUE / 2;

    @BeforeEach
    void three_backups() throws Exception {
        catalog = new Catalog(home.resolve("backup"));
        for (Label label : List.of(ONE, TWO, THREE)) {
            SmallBackups.full(catalog, label, 1000);
        }
        stack = catalog.find(ONE).manifest().stack();
    }

    @Test
    void a_backup_that_a_place_has_not_got_yet_stays_though_no_rule_keeps_it() {
        List.of(TWO, THREE).forEach(target::begin);
        PrunePlan plan = plan();
        assertThat(plan.decision().removed()).containsExactly(ONE);
        assertThat(plan.lines()).contains("keep " + TWO + ": not in memory yet");
        assertThat(plan.decision().lackingLines())
                .containsExactly(TWO + ", which no rule keeps, stays, since it is not in memory yet");
    }

    @Test
    void once_it_is_there_the_rules_alone_count() {
        List.of(TWO, THREE).forEach(target::begin);
        target.send(catalog.find(TWO), catalog.folder(), Meter.NONE);
        assertThat(plan().decision().removed()).containsExactly(ONE, TWO);
        assertThat(plan().decision().lackingLines()).isEmpty();
    }

    @Test
    void where_the_disk_has_no_room_for_another_backup_the_oldest_go_and_that_is_said() {
        List.of(ONE, TWO, THREE).forEach(target::begin);
        free = 10;
        PrunePlan plan = plan();
        assertThat(plan.decision().removed()).containsExactly(ONE);
        assertThat(plan.decision().kept()).containsOnlyKeys(TWO, THREE);
        assertThat(plan.lines()).contains("remove " + ONE + ", to make room, though it is not in memory yet");
        assertThat(plan.decision().lackingLines())
                .startsWith(ONE + ", which no rule keeps, goes to make room, though it is not in memory yet");
    }

    private PrunePlan plan() {
        Retention one = new Retention(1, Optional.empty(), 0, 0, 0, 0, ZoneOffset.UTC);
        LackedBackups lacked = new LackedBackups(List.of(new Outstanding(catalog, target)), () -> free);
        return new Pruning(PrunableBackups.of(catalog), one, home.resolve("state"), Clock.systemUTC(), lacked)
                .plan(stack, Set.of());
    }
}
