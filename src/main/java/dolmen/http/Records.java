package dolmen.http;

import dolmen.catalog.BucketRecords;
import dolmen.catalog.Catalog;
import dolmen.catalog.Freshness;
import dolmen.catalog.LastGood;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.OwnStack;
import dolmen.catalog.ProvenFiles;
import dolmen.http.Status.Fresh;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.StepFailure;
import dolmen.runs.RunJournal;
import dolmen.runs.RunLock;
import dolmen.settings.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the page shows of catalog, bucket and journals. All is read from files at each call, since other processes of Dolmen write them too. */
final class Records {
    private final Catalog catalog;
    private final RunJournal journal;
    private final BucketRecords bucket;
    private final LastGood lastGood;
    private final Optional<ProvenFiles> copies;
    private final Path state;
    private final Optional<Duration> limit;
    private final Clock clock;

    Records(Settings settings, Clock clock) {
        this.state = settings.paths().state();
        this.catalog = new Catalog(settings.paths().catalog(), Optional.empty(), clock);
        this.journal = new RunJournal(state, clock);
        this.bucket = new BucketRecords(state, settings.storage(), clock);
        this.lastGood = new LastGood(catalog, bucket, new OwnBackups(OwnStack.of(settings)));
        this.copies = settings.copy()
                .to()
                .map(to -> ProvenFiles.ofCopies(state, settings.copy().identity()));
        this.limit = settings.freshness().limit();
        this.clock = clock;
    }

    /** The run that holds the lock now, if one does. */
    Optional<RunView> running() {
        List<Run> open = open();
        return open.isEmpty() || RunLock.holderOf(state).isEmpty() ? Optional.empty() : Optional.of(newest(open));
    }

    /** The runs that a killed process left. */
    List<RunId> interrupted() {
        Optional<RunId> running = running().map(RunView::id);
        return open().stream()
                .map(Run::id)
                .filter(id -> !running.equals(Optional.of(id)))
                .toList();
    }

    /** The ended runs, newest first. */
    List<Report> reports() {
        List<Report> reports = new ArrayList<>(journal.reports());
        Collections.reverse(reports);
        return reports;
    }

    /** One run, ended or not. */
    Optional<RunView> run(String named) {
        return RunId.read(named).flatMap(this::run);
    }

    private Optional<RunView> run(RunId id) {
        return journal.run(id)
                .map(run -> RunView.of(run, journal.steps(id)))
                .flatMap(open -> Optional.of(journal.report(id).map(RunView::of).orElse(open)))
                .or(() -> journal.report(id).map(RunView::of));
    }

    /** The backups, newest first; one whose manifest cannot be read among them. */
    List<BackupView> backups() {
        Set<Label> here = new TreeSet<>(catalog.labels());
        Set<Label> there = new TreeSet<>(bucket.labels());
        Set<Label> all = new TreeSet<>(Comparator.reverseOrder());
        all.addAll(here);
        all.addAll(there);
        return all.stream()
                .map(label -> view(label, here.contains(label), there.contains(label)))
                .toList();
    }

    int backupsHere() {
        return catalog.labels().size();
    }

    /** The newest verified backup, wherever it lies. */
    Optional<BackupView> newestVerified() {
        return lastGood.find().map(backup -> BackupView.of(backup, List.of()));
    }

    /** The age of the newest verified backup, and whether it is within the limit: without a verified backup it never is. */
    Fresh fresh() {
        Instant now = clock.instant();
        Optional<Label> newest = lastGood.find().map(backup -> backup.manifest().label());
        return new Fresh(
                limit.map(most -> newest.filter(label -> Freshness.within(most, label.start(), now))
                        .isPresent()),
                newest,
                newest.map(label -> Duration.between(label.start(), now).toSeconds()),
                limit.map(Duration::toSeconds));
    }

    /** A text that changes when a backup or a run comes or goes. */
    String stamp() {
        return catalog.labels() + " " + bucket.labels() + " " + journal.ids().size() + " "
                + open().stream().map(Run::id).toList();
    }

    /** The runs that have no report yet. */
    private List<Run> open() {
        return journal.interrupted().stream()
                .filter(run -> journal.report(run.id()).isEmpty())
                .toList();
    }

    private RunView newest(List<Run> open) {
        Run run = open.get(open.size() - 1);
        return RunView.of(run, journal.steps(run.id()));
    }

    private BackupView view(Label label, boolean here, boolean there) {
        List<String> places = new ArrayList<>();
        if (here) {
            places.add("here");
        }
        if (there) {
            places.add("bucket");
        }
        if (copies.filter(copied -> copied.has(label, Artifact.MANIFEST)).isPresent()) {
            places.add("copy");
        }
        try {
            Backup backup = here ? catalog.find(label) : bucket.find(label);
            return BackupView.of(backup, places);
        } catch (StepFailure unreadable) {
            return BackupView.unreadable(label, unreadable.getMessage(), places);
        }
    }
}
