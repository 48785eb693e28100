package dolmen.stack;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a stack runs. Services are named as the settings name them. Every method throws
 * {@link dolmen.model.StepFailure.Unavailable} when the engine does not answer, and
 * {@link dolmen.model.StepFailure.Failed} when it refuses for good.
 */
public interface Host {
    /** The variable by which a script of {@link #runBeside} finds the folder that was given with it. */
    String FOLDER = "DOLMEN_FOLDER";

    /** The service as it stands now, looked up anew at each call; empty when it does not exist. */
    Optional<Service> find(String service);

    /** Why no service can be stopped and started again here, as far as that is known without doing it. */
    default Optional<String> whyNotRestarted() {
        return Optional.empty();
    }

    /** Stops the service and waits until it has stopped. Repeatable: a stopped one stays stopped. */
    void stop(String service);

    /** Starts the service; returns when its process was started. Repeatable. */
    void start(String service);

    /**
     * Runs a program beside the service, without a terminal, and copies its stdout to the stream as it comes, with
     * flat memory. Ends the program when its limit has passed and then throws {@code Failed}. A connection that breaks
     * is {@code Unavailable}, never a short output with status 0.
     */
    Outcome run(String service, Command command, OutputStream stdout);

    /**
     * Puts a file of this machine where programs run beside the service can read it, runs the action with its path
     * there, and removes it again whatever happens. On a local machine it is the file itself.
     */
    Outcome runWithFile(String service, Path file, FileCommand command, OutputStream stdout);

    /** A command that needs the path of the file that was put beside the service. */
    @FunctionalInterface
    interface FileCommand {
        Command with(String path);
    }

    /**
     * A tar stream of a path of the service, running or not, members named by the path's last part. The caller closes
     * it. A stream that breaks throws while it is read. Nothing at the path: {@code Failed}, caused by
     * {@link java.nio.file.NoSuchFileException}.
     */
    InputStream readArchive(String service, String path);

    /** Unpacks a tar stream below a folder of the service, running or not; owners and modes are kept. */
    void writeArchive(String service, String folder, InputStream tar);

    /**
     * Runs a shell script in a throw-away container that shares the service's volumes (as root, without network), with
     * one folder of the engine's machine mounted when it is given. On a local machine the script runs here. On both it
     * finds the folder in the variable {@link #FOLDER} and the volumes at the service's paths. Removes the
     * container whatever happens. The script's stderr ends up in the outcome, its stdout nowhere.
     */
    Outcome runBeside(String service, String script, Optional<Path> folder);

    /** The word by which a script of {@link #runBeside} names a file of the folder that was given with it. */
    static String inFolder(Path file) {
        String name = file.getFileName().toString();
        return "\"$" + FOLDER + "\"/'" + name.replace("'", "'\\''") + "'";
    }

    /**
     * Removes the throw-away containers that killed runs of this Dolmen left behind, running or not, and returns their
     * names. For the holder of the lock only: it cannot tell them from those of a run that is going on.
     */
    default List<String> removeLeftovers() {
        return List.of();
    }

    /**
     * Ends the programs that earlier runs of this Dolmen left beside the service, removes the files that were put there
     * for them, and returns when none is left: a line for each. {@code Failed} when one does not end. For the holder of the
     * lock only, while it has no program of its own there.
     */
    default List<String> endPrograms(String service) {
        return List.of();
    }

    /** How programs and sessions that are started here are marked, and where temporary files for them lie. */
    default Mark mark() {
        return Mark.NONE;
    }

    /** The engine that the services are containers of; none on a local machine. */
    default Optional<Engine> engine() {
        return Optional.empty();
    }

    /** The names of all services that were created together with this one (its compose project); none on a local machine. */
    default List<String> companions(String service) {
        return List.of();
    }
}
