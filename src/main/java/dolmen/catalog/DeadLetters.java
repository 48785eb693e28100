package dolmen.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.model.DeadLetter;
import dolmen.model.Json;
import dolmen.model.Newer;
import dolmen.model.StepFailure.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The runs that gave up, each as {@code dead-letter/<run>/<run>.json}, with all that is needed to repeat it. */
public final class DeadLetters {
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
                            + Newer.in(unreadable).map(why -> ": " + why).orElse(""),
                    Newer.in(unreadable).isPresent()
                            ? Newer.HINT
                            : "Take the file as Dolmen wrote it into the dead-letter folder.",
                    unreadable);
        }
    }

    private Path file(String run) {
        return folder.resolve(run).resolve(run + ".json");
    }
}
