package dolmen.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.archive.SafeFiles;
import dolmen.model.DeadLetter;
import dolmen.model.Json;
import dolmen.model.NewerFormat;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunId;
import dolmen.model.StepFailure.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that gave up, each as {@code dead-letter/<run>/<run>.json}, with all that is needed to repeat it. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int LARGEST = 16 << 20;

    private final Path folder;

    public DeadLetters(Path folder) {
        this.folder = folder;
    }

    /** Keeps a dead letter; returns its file. */
    public Path keep(DeadLetter letter) {
        RunId run = letter.run().id();
        SafeFiles.folder(folder.resolve(run.text()));
        Path file = file(run);
        try {
            SafeFiles.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(letter));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write a dead letter as JSON", impossible);
        }
        return file;
    }

    /** The dead letter of the run that a person names; throws {@link Unusable} as {@link #find} does. */
    public DeadLetter named(String run) {
        return find(RunId.read(run).orElseThrow(() -> none(run)));
    }

    /** The dead letter of a run; throws {@link Unusable} when there is none, or when it cannot be read. */
    public DeadLetter find(RunId run) {
        if (!Files.exists(file(run))) {
            throw none(run.text());
        }
        return read(file(run));
    }

    private Unusable none(String run) {
        String all = list().stream().map(RunId::text).collect(Collectors.joining(", "));
        return new Unusable(
                "there is no dead letter of a run '" + run + "'",
                all.isEmpty() ? "No run has given up." : "These have: " + all + ".");
    }

    /** The runs that have a dead letter, oldest first. */
    public List<RunId> list() {
        return SafeFiles.list(folder).stream()
                .flatMap(path -> RunId.read(path.getFileName().toString()).stream())
                .filter(run -> Files.exists(file(run)))
                .toList();
    }

    /** Removes the dead letter of a run that was repeated with success. */
    public void remove(RunId run) {
        SafeFiles.remove(folder.resolve(run.text()));
    }

    /**
     * Removes what a repetition from a dropped copy makes needless: the dead letter of that run, or of an earlier repetition
     * from a copy of it, when the repetition succeeded, or gave up and so left a newer one. Nothing is removed by an id
     * alone: the kept one must ask for the same. Returns the runs whose dead letters are gone.
     */
    public List<RunId> settle(Run dropped, Report repeated) {
        RunId run = repeated.run().id();
        List<RunId> kept = list();
        if (!repeated.succeeded() && !kept.contains(run)) {
            return List.of();
        }
        List<RunId> needless =
                kept.stream().filter(id -> !id.equals(run) && isOf(dropped, id)).toList();
        needless.forEach(this::remove);
        return needless;
    }

    private boolean isOf(Run dropped, RunId id) {
        try {
            Run kept = find(id).run();
            return kept.equals(dropped) && id.equals(dropped.id())
                    || kept.request()
                            .trigger()
                            .filter(name -> name.endsWith("-" + dropped.id() + ".json"))
                            .filter(name ->
                                    kept.request().equals(dropped.request().repeatedBy(name)))
                            .isPresent();
        } catch (Unusable unreadable) {
            LOG.warn("{} HINT: {}", unreadable.getMessage(), unreadable.hint());
            return false;
        }
    }

    /** Reads a dead letter from a file, as the inbox does. */
    public static DeadLetter read(Path file) {
        try {
            DeadLetter letter = Json.MAPPER.readValue(SafeFiles.read(file, LARGEST), DeadLetter.class);
            if (letter == null) {
                throw new IOException("it holds nothing");
            }
            return letter;
        } catch (IOException unreadable) {
            throw new Unusable(
                    "cannot read the dead letter " + file.getFileName()
                            + NewerFormat.in(unreadable).map(why -> ": " + why).orElse(""),
                    NewerFormat.in(unreadable).isPresent()
                            ? NewerFormat.HINT
                            : "Take the file as Dolmen wrote it into the dead-letter folder.",
                    unreadable);
        }
    }

    private Path file(RunId run) {
        return folder.resolve(run.text()).resolve(run + ".json");
    }
}
