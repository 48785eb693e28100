package dolmen.metabase.h2;

import dolmen.archive.SafeFiles;
import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.MetabaseStack;
import dolmen.metabase.Place;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The H2 files at one place: copied while Metabase is stopped, exchanged by renames. */
final class H2Database implements ApplicationDatabase {
    private static final String HINT =
            "Compare that with what Metabase's log says it opens: the name in MB_DB_FILE with .mv.db behind it, also where"
                    + " the name has that ending already; a relative name begins in Metabase's working folder; its image,"
                    + " started as root, makes a folder of the name and keeps the file in it.";

    private final MetabaseStack stack;
    private final H2Location location;

    H2Database(MetabaseStack stack, H2Location location) {
        this.stack = stack;
        this.location = location;
    }

    H2Location location() {
        return location;
    }

    @Override
    public Place place() {
        return new Place(
                H2Kind.WORD,
                location.foundBy(),
                location.path(),
                location.file() + " of " + location.service(),
                "the H2 file " + location.file(),
                HINT,
                location.warnings());
    }

    @Override
    public void requirePresent() {
        if (!location.present()) {
            throw new StepFailure.Failed(
                    "Metabase has no H2 file " + location.file() + " (" + location.foundBy() + ")", location.hint());
        }
    }

    @Override
    public boolean stopsMetabase() {
        return true;
    }

    @Override
    public ApplicationDatabaseCopy archive(Path staging, String run) {
        requirePresent();
        Meter meter = stack.meters().get();
        Artifact artifact = new H2Backup(stack.host(), stack.stopped(), meter).copy(location, staging, run);
        H2Archive.Contents contents = new H2Archive(
                        staging.resolve(artifact.name()),
                        location.base(),
                        stack.settings().user(),
                        stack.settings().password(),
                        meter)
                .open(staging);
        if (!contents.sha256().equals(artifact.sha256())) {
            throw new StepFailure.Damaged(
                    artifact.name() + " is not on disk as it was written",
                    "Check the disk, and make the backup again.");
        }
        ApplicationDatabaseCopy bare = ApplicationDatabaseCopy.of(H2Kind.WORD, location.foundBy(), location.path());
        return contents.fill(bare.warned(location.warnings()), Optional.of(artifact));
    }

    @Override
    public long archivedBytes(long fileBytes) {
        return H2Backup.PASSES * fileBytes;
    }

    @Override
    public List<String> objections(Path file) {
        return location.mounted()
                ? List.of()
                : List.of("Metabase's H2 file lies on no volume, so it cannot be exchanged");
    }

    @Override
    public void stage(Path file, String mark) {
        restore().stage(file, mark, SafeFiles.folder(stack.scratch()));
    }

    @Override
    public void swapIn(String mark) {
        restore().swapIn(mark);
    }

    @Override
    public void swapBack(String mark) {
        restore().swapBack(mark);
    }

    @Override
    public void dropNew(String mark) {
        restore().dropOld(mark);
    }

    @Override
    public void drop(String mark) {
        restore().dropOld(mark);
    }

    /** Nothing works on at files when a run has ended. */
    @Override
    public void endEarlierRuns() {}

    private H2Restore restore() {
        return new H2Restore(location, stack);
    }
}
