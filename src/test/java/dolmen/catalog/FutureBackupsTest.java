package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.PrunePlan;
import dolmen.model.Retention;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.NothingToRestore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Eight backups that a clock of 2038 named, beside those of a clock that is right. */
@Tag("T12")
class FutureBackupsTest {
    private static final StackIdentity STACK = new StackIdentity(Optional.empty(), Optional.of("1"), new TreeMap<>());

    @TempDir
    Path home;

    private Catalog catalog;
    private final Instant now = Instant.now();
    private final Label yesterday = Label.at(now.minus(Duration.ofDays(1)));

    @BeforeEach
    void eight_backups_of_2038() {
        catalog = new Catalog(home.resolve("backup"));
        IntStream.range(1, 9).forEach(day -> publish(new Label("2038010" + day + "-020000")));
    }

    @Test
    void t12_retention_does_not_remove_the_new_backup_for_those_of_the_future() {
        publish(yesterday);
        PrunePlan plan = plan();
        assertThat(plan.decision().removed()).isEmpty();
        assertThat(plan.decision().kept().get(yesterday)).contains("the last verified one");
    }

    @Test
    void t12_nothing_is_pruned_where_all_backups_are_of_the_future() {
        PrunePlan plan = plan();
        assertThat(plan.decision().removed()).isEmpty();
        assertThat(plan.lines()).anyMatch(line -> line.contains("ahead of the clock"));
    }

    @Test
    void t12_the_last_good_backup_is_not_one_of_the_future() {
        publish(yesterday);
        assertThat(catalog.good().findFirst().orElseThrow().manifest().label()).isEqualTo(yesterday);
        assertThat(AnyStack.newestGood(catalog).manifest().label()).isEqualTo(yesterday);
        assertThat(new IncrementalBase(catalog).find(STACK).whyNot()).contains(yesterday.text());
    }

    @Test
    void t12_without_another_backup_none_is_taken_unless_it_is_named() {
        Label first = new Label("20380101-020000");
        assertThatThrownBy(() -> AnyStack.newestGood(catalog))
                .isInstanceOf(NothingToRestore.class)
                .hasMessageContaining("ahead of the clock");
        assertThat(catalog.good().findFirst()).isEmpty();
        assertThat(catalog.find(first).manifest().label()).isEqualTo(first);
    }

    @Test
    void t12_a_backup_that_ended_in_the_future_is_one_of_it() {
        publish(yesterday);
        Label sooner = Label.at(now.minus(Duration.ofHours(1)));
        Manifest plain = Manifests.of(sooner.text(), Manifest.VERIFIED);
        write(Manifests.ended(plain, now.plus(Duration.ofDays(1))));
        assertThat(catalog.good().findFirst().orElseThrow().manifest().label()).isEqualTo(yesterday);
    }

    @Test
    void t12_a_difference_of_some_minutes_is_no_future() {
        Label soon = Label.at(now.plus(Duration.ofMinutes(5)));
        publish(yesterday);
        publish(soon);
        assertThat(catalog.good().findFirst().orElseThrow().manifest().label()).isEqualTo(soon);
    }

    @Test
    void t12_what_begins_in_the_future_is_not_fresh() {
        Instant future = Instant.parse("2038-01-01T02:00:00Z");
        assertThat(Freshness.within(Duration.ofDays(1), future, now)).isFalse();
        assertThat(Freshness.within(Duration.ofDays(1), now.plusSeconds(60), now))
                .isTrue();
    }

    @Test
    void t12_a_new_backup_has_a_label_of_its_own_beside_them() {
        Instant wrong = Instant.parse("2038-01-01T02:00:00Z");
        assertThat(catalog.stage(wrong).getFileName()).hasToString("20380101-020001");
        assertThat(catalog.stage(now).getFileName()).hasToString(Label.at(now).text());
    }

    @Test
    void t12_a_backup_whose_upload_failed_is_still_sent_beside_one_of_the_future() {
        Label earlier = Label.at(now.minus(Duration.ofDays(2)));
        Label today = Label.at(now);
        List.of(earlier, yesterday, today).forEach(this::publish);
        HeldTarget target = new HeldTarget();
        target.hold(catalog.find(earlier));
        target.hold(catalog.find(new Label("20380101-020000")));

        assertThat(new Outstanding(catalog, target)
                        .of(STACK).stream().map(backup -> backup.manifest().label()))
                .startsWith(yesterday, today);
    }

    private PrunePlan plan() {
        Retention seven = new Retention(7, Optional.empty(), 0, 0, 0, 0, ZoneId.of("UTC"));
        return new Pruning(PrunableBackups.of(catalog), seven, home.resolve("state"), Clock.systemUTC())
                .plan(STACK, Set.of());
    }

    private void publish(Label label) {
        write(Manifests.of(label.text(), Manifest.VERIFIED));
    }

    private void write(Manifest manifest) {
        Path staging = catalog.stageAgain(manifest.label());
        catalog.write(staging, manifest);
        catalog.publish(staging);
    }
}
