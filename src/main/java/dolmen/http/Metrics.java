package dolmen.http;

import dolmen.http.Status.Fresh;
import dolmen.model.ExitCode;
import dolmen.model.Operation;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The answer to {@code /metrics}: runs, dead letters and backups, read from their files, in Prometheus' text format. */
final class Metrics {
    private final Records records;
    private final Retries retries;

    Metrics(Records records, Retries retries) {
        this.records = records;
        this.retries = retries;
    }

    PageResponse answer() {
        PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, snapshots());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new PageResponse(200, writer.getContentType(), text.toByteArray());
    }

    private MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        runs(all, records.reports().stream().map(RunView::of).toList());
        gauge(all, "dolmen_dead_letters", "Runs that gave up and wait to be repeated.", retries.count());
        gauge(all, "dolmen_backups", "Backups in the catalog.", records.backupsHere());
        freshness(all, records.fresh());
        records.newestVerified().ifPresent(newest -> newest(all, newest));
        return all.build();
    }

    private static void runs(MetricSnapshots.Builder all, List<RunView> newestFirst) {
        CounterSnapshot.Builder outcomes =
                CounterSnapshot.builder().name("dolmen_runs").help("Ended runs, by how they ended.");
        newestFirst.stream()
                .collect(Collectors.groupingBy(
                        run -> Labels.of("operation", word(run), "outcome", outcome(run)),
                        TreeMap::new,
                        Collectors.counting()))
                .forEach((labels, count) -> outcomes.dataPoint(new CounterDataPointSnapshot(count, labels, null, 0)));
        CounterSnapshot.Builder repeated =
                CounterSnapshot.builder().name("dolmen_step_retries").help("Steps that were tried again.");
        newestFirst.stream()
                .collect(Collectors.groupingBy(
                        run -> Labels.of("operation", word(run)),
                        TreeMap::new,
                        Collectors.summingLong(RunView::retries)))
                .forEach((labels, count) -> repeated.dataPoint(new CounterDataPointSnapshot(count, labels, null, 0)));
        all.metricSnapshot(outcomes.build()).metricSnapshot(repeated.build());
        Map<Operation, RunView> last = newest(newestFirst.stream()
                .filter(run -> run.outcome().filter(ExitCode.LOCKED::equals).isEmpty())
                .toList());
        Map<Operation, RunView> lastSuccessful =
                newest(newestFirst.stream().filter(Metrics::succeeded).toList());
        perOperation(
                all,
                "dolmen_last_success_timestamp_seconds",
                "When a run last succeeded.",
                lastSuccessful,
                Metrics::ended);
        perOperation(all, "dolmen_last_run_timestamp_seconds", "When a run last ended.", last, Metrics::ended);
        perOperation(
                all,
                "dolmen_last_run_success",
                "Whether the last run succeeded.",
                last,
                run -> succeeded(run) ? 1 : 0.0);
        perOperation(
                all,
                "dolmen_last_run_duration_seconds",
                "How long the last run took.",
                last,
                run -> run.seconds().orElse(0.0));
    }

    private static void freshness(MetricSnapshots.Builder all, Fresh fresh) {
        fresh.ageSeconds()
                .ifPresent(age -> gauge(all, "dolmen_backup_age_seconds", "Age of the newest verified backup.", age));
        fresh.limitSeconds()
                .ifPresent(limit -> gauge(
                        all, "dolmen_backup_age_limit_seconds", "How old the newest verified backup may be.", limit));
        fresh.fresh()
                .ifPresent(young -> gauge(
                        all,
                        "dolmen_backup_fresh",
                        "Whether the newest verified backup is younger than the limit.",
                        young ? 1 : 0));
    }

    private static void newest(MetricSnapshots.Builder all, BackupView backup) {
        gauge(
                all,
                "dolmen_backup_size_bytes",
                "Size of the newest verified backup with all that it needs.",
                backup.bytes());
        gauge(all, "dolmen_backup_new_bytes", "Bytes that were new in the newest verified backup.", backup.newBytes());
        gauge(all, "dolmen_backup_duration_seconds", "How long the newest verified backup took.", backup.seconds());
        gauge(all, "dolmen_backup_segments", "Used segments in the newest verified backup.", backup.segments());
        gauge(
                all,
                "dolmen_backup_warnings",
                "Warnings in the newest verified backup.",
                backup.warnings().size());
    }

    private static Map<Operation, RunView> newest(List<RunView> newestFirst) {
        return newestFirst.stream()
                .collect(Collectors.toMap(
                        RunView::operation, Function.identity(), (newer, older) -> newer, TreeMap::new));
    }

    private static void perOperation(
            MetricSnapshots.Builder all,
            String name,
            String help,
            Map<Operation, RunView> runs,
            Function<RunView, Double> value) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
        runs.forEach((operation, run) -> gauge.dataPoint(
                new GaugeDataPointSnapshot(value.apply(run), Labels.of("operation", operation.word()), null)));
        all.metricSnapshot(gauge.build());
    }

    private static void gauge(MetricSnapshots.Builder all, String name, String help, double value) {
        all.metricSnapshot(GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(new GaugeDataPointSnapshot(value, Labels.EMPTY, null))
                .build());
    }

    private static boolean succeeded(RunView run) {
        return run.outcome().equals(Optional.of(ExitCode.OK));
    }

    private static double ended(RunView run) {
        return run.ended().map(Instant::toEpochMilli).orElse(0L) / 1000.0;
    }

    private static String word(RunView run) {
        return run.operation().word();
    }

    private static String outcome(RunView run) {
        return run.outcome().map(Enum::name).orElse("").toLowerCase(Locale.ROOT);
    }
}
