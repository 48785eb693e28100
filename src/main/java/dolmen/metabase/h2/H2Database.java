package dolmen.metabase.h2;

import dolmen.archive.SafeFiles;
import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.MetabaseStack;
import dolmen.metabase.Place;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metabase's database as H2 files of one service: copied while Metabase is stopped, exchanged by renames. */
final class H2Database implements ApplicationDatabase {
    private static final String HINT =
            "Compare that with what Metabase's log says it opens: the name in MB_DB_FILE with .mv.db behind it, also where"
                    + " the name has that ending already; a relative name begins in Metabase's working folder; its image,"
                    + " started as root, makes a folder of the name and keeps the file in it.";

    private static final Logger LOG = LoggerFactory.getLogger(H2Database.class);

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
    public ApplicationDatabaseCopy archive(Path staging, RunId run, Meter meter) {
        requirePresent();
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
    public List<String> objections(Path file, Meter meter) {
        List<String> objections = new ArrayList<>();
        if (!location.mounted()) {
            objections.add("Metabase's H2 file lies on no volume, so it cannot be exchanged");
        } else {
            objections.addAll(restore().objections(file.toFile().length()));
        }
        presentFormat().ifPresent(here -> {
            String held = new H2Archive(file, location.base(), Optional.empty(), Optional.empty(), Meter.NONE).format();
            if (Integer.parseInt(held) > Integer.parseInt(here)) {
                objections.add("the backup's file of Metabase was written by " + H2File.writer(held)
                        + ", the present one by " + H2File.writer(here) + ": this Metabase is too old to open it");
            }
        });
        return objections;
    }

    /** The format of the present file, which this Metabase writes; empty where there is no file, or one that is not of H2. */
    private Optional<String> presentFormat() {
        if (!location.present()) {
            return Optional.empty();
        }
        try (InputStream archive = stack.host().readArchive(location.service(), location.file());
                TarArchiveInputStream tar = new TarArchiveInputStream(archive)) {
            tar.getNextEntry();
            return Optional.of(H2File.format(tar));
        } catch (StepFailure.Damaged other) {
            LOG.warn("the present file of Metabase tells no format: {}", other.getMessage());
            return Optional.empty();
        } catch (IOException broken) {
            throw new StepFailure.Unavailable(
                    "cannot look at " + location.file() + " of " + location.service() + ": " + broken.getMessage(),
                    "Is the stack's machine reachable?",
                    broken);
        }
    }

    @Override
    public void stage(Path file, RunMark mark, Meter meter) {
        restore().stage(file, mark, SafeFiles.folder(stack.scratch()), meter);
    }

    @Override
    public void swapIn(RunMark mark) {
        restore().swapIn(mark);
    }

    @Override
    public void swapBack(RunMark mark) {
        restore().swapBack(mark);
    }

    @Override
    public void dropNew(RunMark mark) {
        restore().dropOld(mark);
    }

    @Override
    public void drop(RunMark mark) {
        restore().dropOld(mark);
    }

    /** A file is looked at without the target. */
    @Override
    public SortedSet<String> trials() {
        return Collections.emptySortedSet();
    }

    /** Nothing to do: no program that a run starts here goes on after it. */
    @Override
    public List<String> endEarlierRuns() {
        return List.of();
    }

    private H2Restore restore() {
        return new H2Restore(location, stack);
    }
}
