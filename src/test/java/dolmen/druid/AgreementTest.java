package dolmen.druid;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.DruidState;
import dolmen.model.SegmentEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgreementTest {
    private final FakeDruid druid = FakeDruid.router();
    private final List<String> unused = new ArrayList<>();
    private final Agreement agreement = new Agreement(
            Stacks.api(druid),
            (datasources, ids) -> unused.forEach(ids),
            new RowCounts(Stacks.api(druid), Duration.ZERO, Pace.REAL));
    private final List<SegmentEntry> entries = Stacks.entries();

    @AfterEach
    void close() {
        druid.close();
    }

    private AgreementReport compare() {
        return agreement.compare(Stacks.dump(entries));
    }

    @Test
    void a_dump_of_what_druid_shows_agrees_and_takes_its_rows_along() {
        AgreementReport report = compare();
        assertThat(report.agrees()).isTrue();
        assertThat(report.newer()).isZero();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.state().withCounted(new TreeMap<>())).isEqualTo(withModules());
    }

    private static DruidState withModules() {
        return new DruidState(
                "25.0.0",
                new TreeSet<>(List.of("druid-aws-common", "druid-gcp-common", "postgresql-metadata-storage")),
                Stacks.then().datasources());
    }

    @Test
    void newer_segments_are_counted_and_their_rows_left_out() {
        String newer = entries.stream()
                .filter(entry -> entry.datasource().equals("wiki"))
                .findFirst()
                .orElseThrow()
                .id();
        entries.removeIf(entry -> entry.id().equals(newer));
        String others = entries.stream()
                .filter(entry -> entry.datasource().equals("wiki"))
                .map(entry -> ",{\"segment_id\":\"" + entry.id() + "\",\"num_rows\":70}")
                .reduce("", String::concat);
        druid.sql(
                "SELECT segment_id", Answer.json("[{\"segment_id\":\"" + newer + "\",\"num_rows\":78}" + others + "]"));
        AgreementReport report = compare();

        assertThat(report.agrees()).isTrue();
        assertThat(report.datasources()).containsEntry("wiki", new DatasourceAgreement(3, 3, 0, 1));
        assertThat(report.state().datasources().get("wiki").rows()).contains(210L);
        assertThat(report.state().datasources().get("clicks").rows()).contains(288L);
    }

    @ParameterizedTest
    @Tag("T41")
    @ValueSource(
            strings = {
                "\"segments\":4,\"unavailable\":0,\"num_rows\":216,\"unread\":1",
                "\"segments\":3,\"unavailable\":0,\"num_rows\":216"
            })
    void T41_rows_are_not_guessed_while_the_broker_does_not_know_those_of_every_segment(String known) {
        druid.sql(
                "SUM(num_rows)",
                Answer.json(Answer.text("sql-rows.json")
                        .replace("\"wiki\",\"segments\":4,\"unavailable\":0,\"num_rows\":288", "\"wiki\"," + known)));
        AgreementReport report = compare();

        assertThat(report.agrees()).isTrue();
        assertThat(report.state().datasources().get("wiki").rows()).isEmpty();
        assertThat(report.state().datasources().get("clicks").rows()).contains(288L);
    }

    @Test
    void segments_that_vanished_since_are_listed_and_their_rows_are_not_guessed() {
        entries.add(Stacks.entry("wiki_gone", "wiki", "2024-02-01/2024-02-02"));
        AgreementReport report = compare();

        assertThat(report.agrees()).isFalse();
        assertThat(report.vanished()).isEqualTo(1);
        assertThat(report.vanishedIds()).containsExactly("wiki_gone");
        assertThat(report.warnings()).containsExactly("wiki: 1 of 5 segments of the dump are not used any more");
        assertThat(report.state().datasources().get("wiki").rows()).isEmpty();
    }

    @Test
    @Tag("T52")
    void T52_overshadowed_segments_that_druid_has_marked_unused_meanwhile_did_not_vanish() {
        entries.add(Stacks.old("wiki_old"));
        AgreementReport report = compare();

        assertThat(report.agrees()).isTrue();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.state().datasources().get("wiki").rows()).contains(288L);
    }

    @Test
    @Tag("T52")
    void T52_segments_that_a_compaction_since_the_dump_replaced_did_not_vanish_and_rows_are_not_guessed() {
        String compacted = entries.stream()
                .filter(entry -> entry.datasource().equals("wiki"))
                .findFirst()
                .orElseThrow()
                .id();
        entries.removeIf(entry -> entry.id().equals(compacted));
        entries.add(Stacks.old("wiki_old"));
        unused.add("wiki_old");
        AgreementReport report = compare();

        assertThat(report.agrees()).isTrue();
        assertThat(report.newer()).isEqualTo(1);
        assertThat(report.warnings()).isEmpty();
        assertThat(report.state().datasources().get("wiki").rows()).isEmpty();
    }

    @Test
    void a_druid_that_shows_nothing_does_not_agree_with_a_dump_that_has_something() {
        druid.answers(FakeDruid.LOAD, Answer.json("{}"));
        druid.answers(FakeDruid.COORDINATOR + "/metadata/datasources", Answer.json("[]"));
        for (String datasource : FakeDruid.DATASOURCES) {
            druid.segments(datasource, Answer.json("[]"));
        }
        AgreementReport report = compare();
        assertThat(report.agrees()).isFalse();
        assertThat(report.vanished())
                .as("all but the four that newer ones of the dump overshadow")
                .isEqualTo(22);
    }

    @Test
    void a_datasource_that_the_dump_does_not_have_is_newer() {
        entries.removeIf(entry -> entry.datasource().equals("clicks"));
        AgreementReport report = compare();
        assertThat(report.agrees()).isTrue();
        assertThat(report.datasources()).containsEntry("clicks", new DatasourceAgreement(0, 0, 0, 12));
    }

    @Test
    void segments_that_druid_itself_does_not_serve_are_a_warning_and_rows_are_not_told() {
        druid.unavailable("wiki", Answer.json("{\"wiki\":1}"));
        AgreementReport report = compare();
        assertThat(report.agrees()).isTrue();
        assertThat(report.warnings()).containsExactly("wiki: 1 of 4 segments are not available in druid itself");
        assertThat(report.state().datasources().get("wiki").rows()).isEqualTo(Optional.empty());
    }

    @Test
    void at_a_coordinator_rows_are_not_known() {
        druid.withoutSql();
        assertThat(compare().state().datasources().get("wiki").rows()).isEmpty();
    }
}
