package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.Retention;
import dolmen.model.StackIdentity;
import dolmen.model.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which backups of a catalog a place has still to get. */
@Tag("T33")
class OutstandingTest {
    private static final StackIdentity STACK = new StackIdentity(Optional.empty(), Optional.of("1"), new TreeMap<>());
    private static final Label ONE = new Label("20261121-020000");
    private static final Label TWO = new Label("20261122-020000");
    private static final Label THREE = new Label("20261123-020000");

    @TempDir
    Path home;

    private final HeldTarget target = new HeldTarget();
    private Catalog catalog;

    @BeforeEach
    void three_backups() {
        Clock clock = Clock.fixed(Instant.parse("2026-12-01T00:00:00Z"), ZoneOffset.UTC);
        catalog = new Catalog(home, Optional.empty(), clock);
        List.of(ONE, TWO, THREE).forEach(this::publish);
    }

    @Test
    void backups_from_before_the_place_was_set_are_not_wanted_there() {
        assertThat(outstanding()).isEmpty();
    }

    @Test
    void what_was_begun_is_outstanding_until_it_is_there() {
        target.begin(ONE);
        assertThat(outstanding()).containsExactly(ONE);
        target.send(catalog.find(ONE), home, Meter.NONE);
        assertThat(outstanding()).doesNotContain(ONE);
    }

    @Test
    void what_is_younger_than_the_newest_there_is_outstanding_and_what_was_removed_there_is_not() {
        target.hold(catalog.find(TWO));
        assertThat(outstanding()).containsExactly(THREE);
    }

    @Test
    void a_backup_of_another_content_than_is_on_record_is_not_there() {
        target.begin(TWO);
        Manifest other = Manifests.of(TWO.text(), "suspicious");
        target.hold(new Backup(home, other));
        assertThat(outstanding()).contains(TWO);
        target.hold(catalog.find(TWO));
        assertThat(outstanding()).doesNotContain(TWO);
    }

    @Test
    void one_that_would_be_removed_there_at_once_is_not_made_up() {
        List.of(ONE, TWO, THREE).forEach(target::begin);
        target.keep(new Retention(2, Optional.empty(), 0, 0, 0, 0, ZoneOffset.UTC));
        assertThat(outstanding()).containsExactly(TWO, THREE);
    }

    @Test
    void one_that_is_damaged_here_is_not_made_up() {
        List.of(ONE, TWO).forEach(target::begin);
        Verdicts.add(
                home.resolve(ONE.text()),
                Verdict.of(Instant.now(), "here", Verdict.Kind.DAMAGED, List.of("its dump has changed")));
        assertThat(outstanding()).containsExactly(TWO);
    }

    @Test
    void of_another_stack_nothing_is_outstanding() {
        List.of(ONE, TWO, THREE).forEach(target::begin);
        StackIdentity other = new StackIdentity(Optional.empty(), Optional.of("2"), new TreeMap<>());
        assertThat(new Outstanding(catalog, target).of(other)).isEmpty();
    }

    private List<Label> outstanding() {
        return new Outstanding(catalog, target)
                .of(STACK).stream().map(backup -> backup.manifest().label()).toList();
    }

    private void publish(Label label) {
        Manifest manifest = Manifests.of(label.text(), Manifest.VERIFIED);
        Path staging = catalog.stageAgain(label);
        catalog.write(staging, manifest);
        catalog.publish(staging);
    }
}
