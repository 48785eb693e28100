package dolmen.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dolmen.model.CountingMeter;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StoredSupervisor.State;
import dolmen.model.TaskRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every store of Druid's metadata when it is read, dumped and loaded. */
abstract class DumpContract {
    protected static final Instant CREATED = Instant.parse("2026-11-24T01:00:00Z");
    static final RunMark RUN = new RunMark("20261124-020000-000-restore");
    private static final String STREAM = "{\"type\":\"kafka\",\"spec\":{\"dataSchema\":{\"dataSource\":\"clicks\"}}}";

    @TempDir
    Path folder;

    DruidMetadata store;
    DruidRows druid;

    /** A store with Druid's tables, all of them empty. */
    protected abstract DruidMetadata store() throws Exception;

    /** What writes into that one. */
    protected abstract DruidRows druid();

    @BeforeEach
    void two_datasources_of_which_one_has_an_unused_segment() throws Exception {
        store = store();
        druid = druid();
        druid.segment("wiki_1", "wiki", CREATED, 10);
        druid.segment("wiki_2", "wiki", CREATED, 20);
        druid.segment("clicks_1", "clicks", CREATED, 30);
        druid.markUnused("wiki_2");
        druid.rules("wiki", "2026-11-24T01:00:00.000Z", "[]");
        druid.supervisor("clicks", STREAM);
        druid.offsets("clicks", "{\"0\":5}");
        druid.task("clicks");
    }

    @Test
    void the_server_tells_what_it_is() {
        store.awaitReady(Duration.ofSeconds(20));

        assertThat(store.answers()).isTrue();
        assertThat(store.server().hasDatabase()).isTrue();
        assertThat(store.server().replacing()).isEmpty();
        assertThat(store.server().dumping()).isEmpty();
        assertThat(store.systemIdentifier()).isPresent().isEqualTo(store.systemIdentifier());
        assertThat(store.time()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(store.endEarlierRuns()).isEmpty();
        assertThat(store.live().exists()).isTrue();
    }

    @Test
    void the_live_database_tells_what_druid_wrote() {
        assertThat(used(store.live())).containsExactly("clicks clicks_1", "wiki wiki_1");
        assertThat(store.live().countUsed()).isEqualTo(2);
        SortedSet<String> unused = new TreeSet<>();
        store.live().unusedSegments(List.of("wiki", "none"), unused::add);
        assertThat(unused).containsExactly("wiki_2");
        SortedSet<String> all = new TreeSet<>();
        store.live().allSegments().forEach(segment -> all.add(segment.id() + " " + segment.size()));
        assertThat(all).containsExactly("clicks_1 30", "wiki_1 10", "wiki_2 20");
        assertThat(store.live().contents().past()).isEqualTo(new TaskRows(1, 1, 1));
        assertThat(store.live().contents().rules()).containsEntry("wiki", "[]");
        assertThat(store.live().contents().offsets()).containsEntry("clicks", "{\"0\":5}");
        assertThat(store.live().contents().supervisors().get("clicks").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void a_dump_reads_as_the_database_does() {
        Path file = folder.resolve("dump");
        List<String> warnings = new ArrayList<>();

        DumpSummary dump = store.dump(file, warnings::add, Meter.NONE);

        assertThat(warnings).isEmpty();
        assertThat(dump).isEqualTo(store.dumps().read(file, segment -> {}));
        assertThat(dump.usedSegments()).isEqualTo(2);
        store.live()
                .rows()
                .forEach((table, rows) ->
                        assertThat(OptionalLong.of(dump.rows().get(table))).isEqualTo(rows));
        assertThat(prints(store.dumps().prints(file)))
                .isEqualTo(prints(store.live().prints()))
                .hasSize(2);
        assertThat(store.dumps().contents(file)).isEqualTo(store.live().contents());
        assertThat(store.fit(dump).objections()).isEmpty();
    }

    @Test
    @Tag("T16")
    void a_dump_is_tried_and_nothing_of_it_stays() {
        Path file = folder.resolve("dump");
        DumpSummary dump = store.dump(file, warning -> {}, Meter.NONE);
        druid.kill("wiki_1");
        DumpSummary other = store.dump(folder.resolve("other"), warning -> {}, Meter.NONE);
        SortedSet<String> before = store.leftovers();

        assertThat(store.tryOut(file, dump, Meter.NONE)).isEmpty();
        assertThat(store.tryOut(file, other, Meter.NONE).orElseThrow()).contains("differ");

        assertThat(store.leftovers()).isEqualTo(before);
        assertThat(used(store.live())).hasSize(1);
    }

    @Test
    void a_cut_dump_is_damaged_and_cannot_be_loaded() throws Exception {
        Path file = folder.resolve("dump");
        DumpSummary dump = store.dump(file, warning -> {}, Meter.NONE);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, List.of(new String(whole, 0, whole.length / 2)));

        assertThatThrownBy(() -> store.dumps().read(file, segment -> {})).isInstanceOf(Damaged.class);
        assertThatThrownBy(() -> store.load(RUN, file, dump, Meter.NONE)).isInstanceOf(RuntimeException.class);
        assertThat(used(store.live())).hasSize(2);
    }

    @Test
    void what_is_loaded_lies_beside_the_live_database_and_an_earlier_try_is_replaced() {
        Path file = folder.resolve("dump");
        DumpSummary dump = store.dump(file, warning -> {}, Meter.NONE);
        druid.kill("wiki_1");

        store.load(RUN, file, dump, Meter.NONE);
        store.load(RUN, file, dump, Meter.NONE);

        assertThat(used(store.loaded(RUN))).containsExactly("clicks clicks_1", "wiki wiki_1");
        assertThat(used(store.live())).containsExactly("clicks clicks_1");
        assertThat(store.leftovers()).contains(store.loaded(RUN).name());
        assertThat(store.live().foreign().lostTo(store.loaded(RUN).foreign())).isEmpty();
    }

    @Test
    void what_differs_from_the_summary_is_not_loaded() {
        Path file = folder.resolve("dump");
        store.dump(file, warning -> {}, Meter.NONE);
        druid.segment("wiki_3", "wiki", CREATED, 10);
        DumpSummary other = store.dump(folder.resolve("other"), warning -> {}, Meter.NONE);

        assertThatThrownBy(() -> store.load(RUN, file, other, Meter.NONE)).isInstanceOf(Failed.class);
    }

    @Test
    void what_is_dumped_tried_and_loaded_is_announced_and_counted_on_the_meter_that_the_call_is_given() {
        Path file = folder.resolve("dump");
        CountingMeter dumped = new CountingMeter();
        CountingMeter tried = new CountingMeter();
        CountingMeter loaded = new CountingMeter();

        DumpSummary dump = store.dump(file, warning -> {}, dumped);
        store.tryOut(file, dump, tried);
        store.load(RUN, file, dump, loaded);

        for (CountingMeter meter : List.of(dumped, tried, loaded)) {
            assertThat(meter.done())
                    .isEqualTo(meter.expected())
                    .isGreaterThanOrEqualTo(file.toFile().length());
        }
    }

    static SortedSet<String> used(MetadataDatabase database) {
        SortedSet<String> used = new TreeSet<>();
        database.usedSegments((datasource, id) -> used.add(datasource + " " + id));
        return used;
    }

    private static List<String> prints(SegmentPrints prints) {
        List<SegmentPrint> all = new ArrayList<>();
        prints.forEach(all::add);
        return all.stream().map(SegmentPrint::toString).sorted().toList();
    }
}
