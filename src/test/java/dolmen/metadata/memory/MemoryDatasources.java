package dolmen.metadata.memory;

import dolmen.metadata.DatasourceRows;
import dolmen.metadata.LoadRules;
import dolmen.metadata.memory.MemoryRows.Kept;
import dolmen.metadata.memory.MemoryRows.Rule;
import dolmen.metadata.memory.MemoryRows.Segment;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.UsedSegments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Single datasources of the live database of a {@link MemoryServer}. */
record MemoryDatasources(MemoryServer server, String live) implements DatasourceRows {
    private MemoryRows rows() {
        return server.rows(live);
    }

    private Kept kept(RunMark run) {
        return rows().kept().get(run);
    }

    @Override
    public Optional<String> tryOut(Path dump, SortedSet<String> datasources) {
        return Optional.empty();
    }

    @Override
    public void bringRules(Path dump, SortedSet<String> datasources, RunMark run, Optional<LoadRules> given) {
        if (kept(run) != null) {
            return;
        }
        MemoryRows rows = rows();
        List<Rule> brought = new ArrayList<>();
        MemoryDumps.rows(dump, Meter.NONE).rules().stream()
                .filter(rule -> datasources.contains(rule.datasource()))
                .filter(rule -> rows.rules().stream()
                        .noneMatch(there -> there.datasource().equals(rule.datasource())))
                .forEach(brought::add);
        rows.rules().addAll(brought);
        given.ifPresent(rules -> datasources.forEach(name -> brought.add(MemoryDatabase.given(rows, rules, name))));
        SortedSet<String> names = new TreeSet<>(datasources);
        rows.kept().put(run, new Kept(names, brought, false, List.of(), List.of(), new TreeMap<>(), List.of()));
    }

    @Override
    public SortedMap<String, String> broughtRules(RunMark run) {
        SortedMap<String, String> rules =
                new TreeMap<>(new MemoryDatabase(server, live).contents().rules());
        SortedSet<String> brought = new TreeSet<>();
        Optional.ofNullable(kept(run)).ifPresent(of -> of.brought().forEach(rule -> brought.add(rule.datasource())));
        rules.keySet().retainAll(brought);
        return rules;
    }

    @Override
    public boolean isDone(RunMark run) {
        return kept(run) != null && kept(run).done();
    }

    @Override
    public void swapIn(Path dump, SortedSet<String> datasources, RunMark run, Meter meter) {
        if (isDone(run)) {
            return;
        }
        bringRules(dump, datasources, run, Optional.empty());
        meter.expect(dump.toFile().length());
        MemoryRows dumped = MemoryDumps.rows(dump, meter);
        MemoryRows rows = rows();
        Kept kept = kept(run);
        List<Segment> now = dumped.segments().values().stream()
                .filter(segment -> segment.used() && datasources.contains(segment.datasource()))
                .toList();
        List<Segment> was = rows.segments().values().stream()
                .filter(there -> there.used() && kept.names().contains(there.datasource())
                        || now.stream().anyMatch(segment -> segment.id().equals(there.id())))
                .toList();
        SortedMap<String, String> offsets = new TreeMap<>(rows.offsets());
        offsets.keySet().retainAll(kept.names());
        List<String> pending =
                rows.pending().stream().filter(kept.names()::contains).toList();
        hide(kept);
        now.forEach(segment -> rows.segments().put(segment.id(), segment));
        dumped.offsets().keySet().retainAll(kept.names());
        rows.offsets().putAll(dumped.offsets());
        rows.kept().put(run, new Kept(kept.names(), kept.brought(), true, was, now, offsets, pending));
    }

    /** No segment of the datasources is used, and nothing else is there of them. */
    private void hide(Kept kept) {
        rows().segments()
                .replaceAll((id, segment) -> kept.names().contains(segment.datasource()) ? segment.unused() : segment);
        rows().offsets().keySet().removeAll(kept.names());
        rows().pending().removeAll(kept.names());
    }

    @Override
    public void swapBack(RunMark run) {
        Kept kept = kept(run);
        if (kept == null) {
            return;
        }
        if (kept.done()) {
            hide(kept);
            kept.now().forEach(segment -> rows().segments().remove(segment.id()));
            kept.was().forEach(segment -> rows().segments().put(segment.id(), segment));
            rows().offsets().putAll(kept.offsets());
            rows().pending().addAll(kept.pending());
        }
        rows().rules().removeAll(kept.brought());
        rows().kept().remove(run);
    }

    @Override
    public void cameSince(RunMark run, BiConsumer<String, String> consumer) {
        rows().forEachUsed(segment -> {
            if (kept(run).names().contains(segment.datasource()) && !isNow(segment, run)) {
                consumer.accept(segment.datasource(), segment.id());
            }
        });
    }

    private boolean isNow(Segment segment, RunMark run) {
        return kept(run).now().stream().anyMatch(segment::isOf);
    }

    private Stream<Segment> comingBack(RunMark run) {
        return kept(run).was().stream().filter(Segment::used);
    }

    @Override
    public UsedSegments comeBack(RunMark run) {
        return consumer -> comingBack(run).map(Segment::entry).forEach(consumer);
    }

    @Override
    public void replacedSince(RunMark run, Consumer<String> ids) {
        comingBack(run).forEach(was -> {
            Segment there = rows().segments().get(was.id());
            boolean other = there != null && !there.isOf(was) && !isNow(there, run);
            if (other && there.entry().path().equals(was.entry().path())) {
                ids.accept(was.id());
            }
        });
    }

    @Override
    public void drop(RunMark run) {
        server.names().forEach(name -> server.rows(name).kept().remove(run));
    }
}
