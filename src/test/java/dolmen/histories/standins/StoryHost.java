package dolmen.histories.standins;

import dolmen.archive.SafeFiles;
import dolmen.histories.files.Fuse;
import dolmen.model.StepFailure;
import dolmen.stack.Command;
import dolmen.stack.Host;
import dolmen.stack.Mark;
import dolmen.stack.Mount;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Stands for a local machine: services that are up or down, and programs that {@link SqlPrograms} plays. */
public final class StoryHost implements Host {
    private static final List<Mount> EVERYTHING = List.of(new Mount("/", Path.of("/"), Optional.empty()));

    private final SqlPrograms programs;
    private final Path state;
    private final Runnable dumped;
    private final Set<String> down = new TreeSet<>();

    /** {@code emptyDump} is what pg_dump writes of Druid's tables without a row; {@code dumped} is called after each dump. */
    public StoryHost(Sessions sessions, String emptyDump, Path state, Runnable dumped) {
        this.state = state;
        this.programs = new SqlPrograms(sessions, emptyDump);
        this.dumped = dumped;
    }

    /** The services that are stopped. */
    public Set<String> down() {
        return down;
    }

    @Override
    public Optional<Service> find(String service) {
        return Optional.of(
                new Service(service, "", "", !down.contains(service), Map.of(), EVERYTHING, "druid", Optional.empty()));
    }

    /** No program outlives its call here, so that the mark need tell nothing. */
    @Override
    public Mark mark() {
        return new Mark(Mark.NONE.owner(), Mark.NONE.changes(), () -> SafeFiles.folder(state.resolve("scratch")));
    }

    @Override
    public void stop(String service) {
        Fuse.call("stop " + service);
        down.add(service);
    }

    @Override
    public void start(String service) {
        Fuse.call("start " + service);
        down.remove(service);
    }

    @Override
    public Outcome run(String service, Command command, OutputStream stdout) {
        String words = String.join(" ", command.arguments());
        Fuse.call("run " + (words.contains("pg_dump") ? "pg_dump" : words.substring(0, Math.min(20, words.length()))));
        Outcome outcome = programs.run(command, stdout);
        if (words.contains("pg_dump")) {
            Fuse.asTheWorld(dumped);
            Fuse.call("ran pg_dump");
        }
        return outcome;
    }

    @Override
    public Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout) {
        return run(service, command.with(file.toAbsolutePath().toString()), stdout);
    }

    @Override
    public InputStream readArchive(String service, String path) {
        if (!Files.exists(Path.of(path))) {
            throw new StepFailure.Failed("there is no " + path, "Check the path.", new NoSuchFileException(path));
        }
        throw new UnsupportedOperationException("a folder of this machine is read as such: " + path);
    }

    @Override
    public void writeArchive(String service, String folder, InputStream tar) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome runBeside(String service, String script, Optional<Path> folder) {
        throw new UnsupportedOperationException();
    }
}
