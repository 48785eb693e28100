package dolmen.archive;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** Turns what the file system refuses into failures that name the file and say what to do. */
public final class FileFailures {
    private FileFailures() {}

    /** A file or folder could not be written; a full disk has a message and a hint of its own. */
    public static StepFailure writing(Path file, IOException cause) {
        if (isFull(cause)) {
            return new StepFailure.Failed(
                    "no space left for " + file,
                    "Free space on that disk, or choose another folder, and repeat.",
                    cause);
        }
        return new StepFailure.Failed(
                "cannot write " + file + ": " + reason(cause),
                "Check that the folder exists, is mounted and may be written by this user.",
                cause);
    }

    /** A file or folder could not be read. */
    public static StepFailure reading(Path file, IOException cause) {
        return new StepFailure.Failed(
                "cannot read " + file + ": " + reason(cause),
                "Check that it exists and may be read by this user; when the disk reports errors, check the disk.",
                cause);
    }

    /** A file that must be packed as it is changed while it was read; the next attempt may find it at rest. */
    public static StepFailure changed(String name) {
        return new StepFailure.Unavailable(
                name + " changed while it was read",
                "Find out what writes there: the files of a segment never change once Druid has published it. Repeat the"
                        + " run when nothing writes.");
    }

    private static boolean isFull(IOException cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    private static String reason(IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
    }
}
