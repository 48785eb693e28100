package dolmen.metadata.memory;

import dolmen.metadata.DatasourceRows;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DumpFit;
import dolmen.metadata.MetadataDatabase;
import dolmen.metadata.MetadataDumps;
import dolmen.metadata.MetadataServer;
import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.StepFailure.Failed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.function.Consumer;

/** Metadata in the memory of this process. */
record MemoryMetadata(MemoryServer databases, String name) implements DruidMetadata {
    @Override
    public String type() {
        return "memory";
    }

    @Override
    public String product() {
        return "memory";
    }

    @Override
    public MetadataServer server() {
        return new MetadataServer("1.0", "1.0", live().exists(), 1, Optional.empty(), Optional.empty());
    }

    @Override
    public DumpFit fit(DumpSummary dump) {
        return new DumpFit(List.of(), List.of());
    }

    @Override
    public Optional<String> tryOut(Path dump, DumpSummary expected, Meter meter) {
        return read(dump, meter).counts().equals(expected.rows())
                ? Optional.empty()
                : Optional.of("the rows differ from the dump that was loaded");
    }

    @Override
    public Optional<String> systemIdentifier() {
        return Optional.of("1");
    }

    @Override
    public Instant time() {
        return Instant.now();
    }

    @Override
    public OptionalLong freeBytes() {
        return OptionalLong.empty();
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public void awaitReady(Duration limit) {
        // it always is
    }

    @Override
    public List<String> endEarlierRuns() {
        return List.of();
    }

    @Override
    public DumpSummary dump(Path file, Consumer<String> warnings, Meter meter) {
        MemoryDumps.write(databases.rows(name), file);
        meter.expect(file.toFile().length());
        return dumps().read(file, meter, segment -> {});
    }

    @Override
    public MetadataDumps dumps() {
        return new MemoryDumps();
    }

    @Override
    public MetadataDatabase live() {
        return new MemoryDatabase(databases, name);
    }

    @Override
    public MetadataDatabase loaded(RunMark run) {
        return new MemoryDatabase(databases, name + "_new_" + run);
    }

    @Override
    public MetadataDatabase replaced(RunMark run) {
        return new MemoryDatabase(databases, name + "_old_" + run);
    }

    private String aside(RunMark run) {
        return name + "_aside_" + run;
    }

    @Override
    public void load(RunMark run, Path dump, DumpSummary expected, Meter meter) {
        MemoryRows rows = read(dump, meter);
        if (!rows.counts().equals(expected.rows())) {
            throw new Failed("the rows differ from the dump that was loaded", "Try again.");
        }
        databases.put(loaded(run).name(), rows);
    }

    private static MemoryRows read(Path dump, Meter meter) {
        meter.expect(dump.toFile().length());
        return MemoryDumps.rows(dump, meter);
    }

    @Override
    public void swap(RunMark run) {
        if (!loaded(run).exists()) {
            if (!replaced(run).exists()) {
                throw new Failed(
                        "cannot swap: there is no database " + loaded(run).name(), "Load it.");
            }
            return;
        }
        databases.put(replaced(run).name(), live().exists() ? databases.rows(name) : MemoryRows.empty());
        databases.rename(loaded(run).name(), name);
    }

    @Override
    public void swapBack(RunMark run) {
        if (replaced(run).exists()) {
            databases.put(aside(run), databases.rows(name));
            databases.rename(replaced(run).name(), name);
        }
    }

    @Override
    public void dropLoaded(RunMark run) {
        databases.drop(loaded(run).name());
        databases.drop(aside(run));
    }

    @Override
    public void dropReplaced(RunMark run) {
        databases.drop(replaced(run).name());
    }

    @Override
    public SortedSet<String> leftovers() {
        SortedSet<String> leftovers = databases.names();
        leftovers.remove(name);
        return leftovers;
    }

    @Override
    public SortedSet<String> trials() {
        return Collections.emptySortedSet();
    }

    @Override
    public DatasourceRows datasources() {
        return new MemoryDatasources(databases, name);
    }
}
