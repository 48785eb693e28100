package dolmen.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.archive.SafeFiles;
import dolmen.model.DeadLetter;
import dolmen.model.Json;
import dolmen.model.NewerFormat;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.StepFailure.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that gave up, each as {@code dead-letter/<run>/<run>.json}, with all that is needed to repeat it. */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final Pattern RUN = Pattern.compile("\\d{8}-\\d{6}-\\d{3}-[a-z-]+");
    private static final int LARGEST = 16 << 20;

    private final Path folder;

    public DeadLetters(Path folder) {
        this.folder = folder;
    }

    /** Keeps a dead letter; returns its file. */
    public Path keep(DeadLetter letter) {
        String run = letter.run().id();
        Path file = SafeFiles.folder(folder.resolve(run)).resolve(run + ".json");
        try {
            SafeFiles.write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(letter));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write a dead letter as JSON", impossible);
        }
        return file;
    }

    /** The dead letter of a run; throws {@link Unusable} when there is none, or when it cannot be read. */
    public DeadLetter find(String run) {
        if (!run.matches("[0-9a-z-]+") || !Files.exists(file(run))) {
            throw new Unusable(
                    "there is no dead letter of a run '" + run + "'",
                    list().isEmpty() ? "No run has given up." : "These have: " + String.join(", ", list()) + ".");
        }
        return read(file(run));
    }

    /** The runs that have a dead letter, oldest first. */
    public List<String> list() {
        return SafeFiles.list(folder).stream()
                .map(path -> path.getFileName().toString())
                .filter(run -> Files.exists(file(run)))
                .toList();
    }

    /** Removes the dead letter of a run that was repeated with success. */
    public void remove(String run) {
        SafeFiles.remove(folder.resolve(run));
    }

    /**
     * Removes what a repetition from a dropped copy makes needless: the dead letter of that run, or of an earlier repetition
     * from a copy of it, when the repetition succeeded, or gave up and so left a newer one. Nothing is removed by an id
     * alone: the kept one must ask for the same. Returns the runs whose dead letters are gone.
     */
    public List<String> settle(Run dropped, Report repeated) {
        String run = repeated.run().id();
        List<String> kept = list();
        if (!repeated.succeeded() && !kept.contains(run)) {
            return List.of();
        }
        List<String> needless =
                kept.stream().filter(id -> !id.equals(run) && isOf(dropped, id)).toList();
        needless.forEach(this::remove);
        return needless;
    }

    private boolean isOf(Run dropped, String id) {
        try {
            Run kept = find(id).run();
            return kept.equals(dropped) && id.equals(dropped.id())
                    || kept.request()
                            .trigger()
                            .filter(name -> RUN.matcher(dropped.id()).matches())
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

    private Path file(String run) {
        return folder.resolve(run).resolve(run + ".json");
    }
}
