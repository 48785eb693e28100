package dolmen.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Retention.Decision;
import dolmen.model.Retention.Held;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void a_random_catalog_never_loses_its_last_verified_backup_nor_one_in_use_nor_another_stack_s() {
        Random random = new Random(20261126);
        for (int round = 0; round < 10_000; round++) {
            List<Held> catalog = catalog(random);
            Retention policy = policy(random);
            Decision decision = policy.decide(catalog, NOW);
            String what = "round " + round + ": " + policy + " of " + catalog;

            assertThat(Stream.concat(decision.kept().keySet().stream(), decision.removed().stream()))
                    .as(what)
                    .containsExactlyInAnyOrderElementsOf(
                            catalog.stream().map(Held::label).toList());
            assertThat(decision.kept().keySet())
                    .as(what)
                    .containsAll(catalog.stream()
                            .filter(held -> !held.own() || held.inUse())
                            .map(Held::label)
                            .toList());
            catalog.stream()
                    .filter(held -> held.own() && held.verified())
                    .map(Held::label)
                    .max(Label::compareTo)
                    .ifPresent(newest -> assertThat(decision.kept()).as(what).containsKey(newest));
            assertThat(decision.kept().values()).as(what).noneMatch(List::isEmpty);
            assertThat(policy.decide(left(catalog, decision), NOW).removed())
                    .as(what)
                    .isEmpty();
        }
    }

    @Test
    void each_rule_keeps_the_newest_of_its_periods() {
        List<Held> catalog = days(
                "2024-12-31",
                "2025-12-30",
                "2026-01-01",
                "2026-10-31",
                "2026-11-15",
                "2026-11-16",
                "2026-11-22",
                "2026-11-23",
                "2026-11-24",
                "2026-11-25");

        assertThat(kept(new Retention(2, Optional.empty(), 0, 0, 0, 0, UTC), catalog))
                .containsExactly("20261124-020000", "20261125-020000");
        assertThat(kept(new Retention(0, Optional.of(Duration.ofDays(4)), 0, 0, 0, 0, UTC), catalog))
                .containsExactly("20261123-020000", "20261124-020000", "20261125-020000");
        assertThat(kept(new Retention(0, Optional.empty(), 3, 0, 0, 0, UTC), catalog))
                .containsExactly("20261123-020000", "20261124-020000", "20261125-020000");
        assertThat(kept(new Retention(0, Optional.empty(), 0, 3, 0, 0, UTC), catalog))
                .containsExactly("20261115-020000", "20261122-020000", "20261125-020000");
        assertThat(kept(new Retention(0, Optional.empty(), 0, 0, 3, 0, UTC), catalog))
                .containsExactly("20260101-020000", "20261031-020000", "20261125-020000");
        assertThat(kept(new Retention(0, Optional.empty(), 0, 0, 0, 3, UTC), catalog))
                .containsExactly("20241231-020000", "20251230-020000", "20261125-020000");
    }

    @Test
    void an_age_of_zero_days_is_no_rule_so_everything_is_kept() {
        Retention zero = new Retention(0, Optional.of(Duration.ZERO), 0, 0, 0, 0, UTC);
        assertThat(zero.isSet()).isFalse();
        assertThat(kept(zero, days("2026-11-24", "2026-11-25"))).hasSize(2);
    }

    @Test
    void a_day_begins_at_midnight_of_the_time_zone() {
        List<Held> catalog = List.of(verified("20261124-230000"), verified("20261125-020000"));
        assertThat(kept(new Retention(0, Optional.empty(), 2, 0, 0, 0, UTC), catalog))
                .hasSize(2);
        assertThat(kept(new Retention(0, Optional.empty(), 2, 0, 0, 0, ZoneId.of("Europe/Berlin")), catalog))
                .containsExactly("20261125-020000");
    }

    @Test
    @Tag("RT-01")
    void failing_backups_never_push_out_the_last_good_one_however_old_it_is() {
        List<Held> catalog = new ArrayList<>(days("2026-10-15", "2026-10-16", "2026-10-17"));
        for (int day = 19; day <= 25; day++) {
            catalog.add(held("202611" + day + "-020000", false, true, false));
        }
        Retention policy = new Retention(0, Optional.of(Duration.ofDays(30)), 0, 0, 0, 0, UTC);

        assertThat(kept(policy, catalog)).contains("20261017-020000");
        assertThat(policy.decide(catalog, NOW.plus(Duration.ofDays(3650))).kept())
                .containsKey(new Label("20261017-020000"));
    }

    @Test
    @Tag("RT-02")
    void of_the_last_three_only_good_ones_are_counted() {
        List<Held> catalog = new ArrayList<>();
        for (int day = 10; day < 20; day++) {
            catalog.add(held("202611" + day + "-020000", day % 2 == 0, true, false));
        }
        assertThat(kept(new Retention(3, Optional.empty(), 0, 0, 0, 0, UTC), catalog))
                .contains("20261114-020000", "20261116-020000", "20261118-020000")
                .doesNotContain("20261112-020000");
    }

    @Test
    void a_backup_that_was_not_verified_counts_for_nothing_and_goes_when_a_newer_one_was() {
        List<Held> catalog = List.of(
                held("20261123-020000", false, true, false),
                verified("20261124-020000"),
                held("20261125-020000", false, true, false));
        assertThat(kept(new Retention(5, Optional.empty(), 0, 0, 0, 0, UTC), catalog))
                .containsExactly("20261124-020000", "20261125-020000");
    }

    @Test
    void without_a_rule_everything_is_kept_and_a_number_below_zero_is_refused() {
        assertThat(kept(new Retention(0, Optional.empty(), 0, 0, 0, 0, UTC), days("2020-01-01", "2026-01-01")))
                .hasSize(2);
        assertThatThrownBy(() -> new Retention(-1, Optional.empty(), 0, 0, 0, 0, UTC))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Held> left(List<Held> catalog, Decision decision) {
        return catalog.stream()
                .filter(held -> decision.kept().containsKey(held.label()))
                .toList();
    }

    private static List<Held> catalog(Random random) {
        TreeSet<Label> labels = new TreeSet<>();
        for (int count = random.nextInt(40); count > 0; count--) {
            labels.add(Label.at(NOW.minusSeconds((long) (Math.pow(random.nextDouble(), 3) * 86_400 * 365 * 4))));
        }
        List<Held> catalog = new ArrayList<>();
        labels.forEach(label -> catalog.add(
                new Held(label, label.start(), random.nextInt(5) > 0, random.nextInt(8) > 0, random.nextInt(12) == 0)));
        return catalog;
    }

    private static Retention policy(Random random) {
        return new Retention(
                random.nextInt(4),
                random.nextBoolean() ? Optional.of(Duration.ofDays(random.nextInt(60))) : Optional.empty(),
                random.nextInt(8),
                random.nextInt(5),
                random.nextInt(13),
                random.nextInt(3),
                random.nextBoolean() ? UTC : ZoneId.of("Asia/Tokyo"));
    }

    private static List<Held> days(String... days) {
        return Stream.of(days)
                .map(day -> verified(day.replace("-", "") + "-020000"))
                .toList();
    }

    private static Held verified(String label) {
        return held(label, true, true, false);
    }

    private static List<String> kept(Retention policy, List<Held> catalog) {
        return policy.decide(catalog, NOW).kept().keySet().stream()
                .map(Label::text)
                .toList();
    }

    private static Held held(String label, boolean verified, boolean own, boolean inUse) {
        Label parsed = new Label(label);
        return new Held(parsed, parsed.start(), verified, own, inUse);
    }
}
