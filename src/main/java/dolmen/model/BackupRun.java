package dolmen.model;

import dolmen.model.RunOptions.BackupOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A backup on its way through the steps: each step returns it with what it has made. {@code pass} counts how often a dump was made, 0
 * before the first one; {@code base} is the backup that an incremental one builds on.
 */
public record BackupRun(
        Run run,
        Label label,
        Path staging,
        StackIdentity stack,
        Optional<Backup> base,
        int pass,
        Optional<DumpSummary> dump,
        Optional<SegmentArchive> segments,
        Optional<Coverage> coverage,
        Optional<ApplicationDatabaseCopy> metabase,
        Optional<DruidState> druid,
        Optional<Manifest> manifest,
        List<Artifact> artifacts,
        List<String> details,
        List<String> warnings,
        List<Reason> reasons) {
    public BackupRun {
        artifacts = List.copyOf(artifacts);
        details = List.copyOf(details);
        warnings = List.copyOf(warnings);
        reasons = List.copyOf(reasons);
    }

    /** A backup that has its label and an empty staging folder. */
    public static BackupRun begin(Run run, Label label, Path staging, StackIdentity stack) {
        return new Draft(run, label, staging, stack).done();
    }

    /** What was chosen. */
    public BackupOptions options() {
        return run.request().options(BackupOptions.class);
    }

    /** True until dump and archive are there and fit together. */
    public boolean unmatched() {
        return coverage.isEmpty() || !coverage.get().complete();
    }

    /** What the archive is going to hold. */
    public Kind kind() {
        return base.isPresent() ? Kind.INCREMENTAL : Kind.FULL;
    }

    /** An incremental backup on top of that one. */
    public BackupRun onto(Backup earlier) {
        return grown(draft -> draft.base = Optional.of(earlier));
    }

    /** The next pass begins with this dump; what an earlier pass made no longer counts. */
    public BackupRun withDump(DumpSummary summary, Artifact artifact) {
        return grown(draft -> {
            draft.pass++;
            draft.dump = Optional.of(summary);
            draft.segments = Optional.empty();
            draft.coverage = Optional.empty();
            draft.artifacts = new ArrayList<>(List.of(artifact));
        });
    }

    public BackupRun withSegments(SegmentArchive archive) {
        return grown(draft -> {
            draft.segments = Optional.of(archive);
            draft.artifacts.add(archive.tar());
            draft.artifacts.add(archive.index());
        });
    }

    public BackupRun withCoverage(Coverage proof) {
        return grown(draft -> draft.coverage = Optional.of(proof));
    }

    public BackupRun withMetabase(ApplicationDatabaseCopy database) {
        return grown(draft -> {
            draft.metabase = Optional.of(database);
            database.artifact().ifPresent(draft.artifacts::add);
            draft.warnings.addAll(database.warnings());
        });
    }

    public BackupRun withDruid(DruidState state) {
        return grown(draft -> draft.druid = Optional.of(state));
    }

    public BackupRun withManifest(Manifest written) {
        return grown(draft -> draft.manifest = Optional.of(written));
    }

    /** Adds a line to the report. */
    public BackupRun tell(String line) {
        return grown(draft -> draft.details.add(line));
    }

    /** Adds warnings, which go into the manifest and into the report. */
    public BackupRun warn(List<String> more) {
        return grown(draft -> draft.warnings.addAll(more));
    }

    /** Why what this backup holds may not be all that it should be; it is published as suspicious then. */
    public BackupRun suspect(List<Reason> more) {
        return grown(draft -> draft.reasons.addAll(more));
    }

    private BackupRun grown(Consumer<Draft> change) {
        Draft draft = new Draft(run, label, staging, stack);
        draft.base = base;
        draft.pass = pass;
        draft.dump = dump;
        draft.segments = segments;
        draft.coverage = coverage;
        draft.metabase = metabase;
        draft.druid = druid;
        draft.manifest = manifest;
        draft.details = new ArrayList<>(details);
        draft.artifacts = new ArrayList<>(artifacts);
        draft.warnings = new ArrayList<>(warnings);
        draft.reasons = new ArrayList<>(reasons);
        change.accept(draft);
        return draft.done();
    }

    private static final class Draft {
        private final Run run;
        private final Label label;
        private final Path staging;
        private final StackIdentity stack;
        private Optional<Backup> base = Optional.empty();
        private int pass;
        private Optional<DumpSummary> dump = Optional.empty();
        private Optional<SegmentArchive> segments = Optional.empty();
        private Optional<Coverage> coverage = Optional.empty();
        private Optional<ApplicationDatabaseCopy> metabase = Optional.empty();
        private Optional<DruidState> druid = Optional.empty();
        private Optional<Manifest> manifest = Optional.empty();
        private List<String> details = new ArrayList<>();
        private List<Artifact> artifacts = new ArrayList<>();
        private List<String> warnings = new ArrayList<>();
        private List<Reason> reasons = new ArrayList<>();

        private Draft(Run run, Label label, Path staging, StackIdentity stack) {
            this.run = run;
            this.label = label;
            this.staging = staging;
            this.stack = stack;
        }

        private BackupRun done() {
            return new BackupRun(
                    run, label, staging, stack, base, pass, dump, segments, coverage, metabase, druid, manifest,
                    artifacts, details, warnings, reasons);
        }
    }
}
