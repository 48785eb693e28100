package dolmen.restore;

import dolmen.druid.Availability;
import dolmen.druid.CountedRows;
import dolmen.druid.Expectation;
import dolmen.druid.Verification;
import dolmen.metadata.MetadataDumps;
import dolmen.model.Artifact;
import dolmen.model.DatasourceState;
import dolmen.model.DruidState;
import dolmen.model.Manifest;
import dolmen.model.Milestone;
import dolmen.model.RestoreRun;
import dolmen.model.Step;
import dolmen.model.StepFailure.Failed;
import dolmen.model.UsedSegments;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Waits until Druid's API shows every datasource of the backup with its segments and rows, then counts rows by queries, and asks Metabase.
 * Throws what {@link Availability} found when Druid does not get there in time. Proves nothing where services were left down.
 */
public final class VerifyRestore implements Step<RestoreRun, RestoreRun> {
    private final Availability availability;
    private final CountedRows counts;
    private final Function<RestoreRun, String> metabase;
    private final Supplier<Supplier<Optional<Failed>>> inVain;
    private final MetadataDumps dumps;

    /**
     * {@code inVain} makes, for each wait, a check that gives the failure by which the wait is ended before its time; {@code metabase}
     * asks Metabase whether it has opened the restored database, and gives a line for the report.
     */
    public VerifyRestore(
            Availability availability,
            CountedRows counts,
            Function<RestoreRun, String> metabase,
            Supplier<Supplier<Optional<Failed>>> inVain,
            MetadataDumps dumps) {
        this.dumps = dumps;
        this.metabase = metabase;
        this.availability = availability;
        this.counts = counts;
        this.inVain = inVain;
    }

    @Override
    public Optional<Milestone> milestone() {
        return Optional.of(Milestone.VERIFIED);
    }

    @Override
    public RestoreRun run(RestoreRun restore) {
        return restore.leftDown().isEmpty() ? verify(restore) : leave(restore);
    }

    private static RestoreRun leave(RestoreRun restore) {
        return restore.tell("not proven, what Druid serves: these services were down and were left so: "
                + String.join(", ", restore.leftDown()));
    }

    private RestoreRun verify(RestoreRun restore) {
        UsedSegments dumped =
                restore.choice().wanted(dumps.usedSegments(restore.source().file(Artifact.METADATA_DUMP)));
        Optional<DruidState> then = restore.source().manifest().flatMap(Manifest::druid);
        Expectation whole = restore.choice().ofDatasources()
                ? Expectation.ofSome(dumped, then)
                : new Expectation(dumped, then, true);
        Expectation expected = whole.without(restore.source().accepted());
        Verification verdict = availability.await(expected, progress -> {}, inVain.get());
        verdict.failure().ifPresent(failure -> {
            throw failure;
        });
        RestoreRun verified = restore.with(verdict.state().orElseThrow());
        for (var datasource : verdict.state().orElseThrow().datasources().entrySet()) {
            verified = verified.tell("datasource " + datasource.getKey() + ": " + words(datasource.getValue()));
        }
        for (String warning : verdict.warnings()) {
            verified = verified.tell("warning: " + warning);
        }
        for (String line : counts.check(expected)) {
            verified = verified.tell(line);
        }
        boolean ofMetabase = restore.withMetabase() && !restore.choice().ofDatasources();
        return ofMetabase ? verified.tell(metabase.apply(restore)) : verified;
    }

    private static String words(DatasourceState state) {
        return state.segments() + " segments used, " + state.overshadowed()
                + " of them overshadowed, "
                + (state.unavailable() == 0 ? "" : state.unavailable() + " left out by load rules, ")
                + "all others available"
                + state.rows().map(rows -> ", " + rows + " rows").orElse("");
    }
}
