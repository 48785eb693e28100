package dolmen.model;

/** The exit statuses of every command; help texts and the README's table are made from this list. */
public enum ExitCode {
    OK(0, "done and verified; after `restore --no-start` the report says what could not be"),
    FAILED(
            1,
            "a step failed or a backup is damaged; nothing was published, or everything was put back; after a failed upload or copy the backup is here"),
    USAGE(2, "the command line, a setting or a trigger is wrong; nothing was begun"),
    INCOMPLETE(
            3,
            "segments that the metadata uses are missing, or the backup is published as suspicious; the report lists why"),
    NOTHING_TO_RESTORE(10, "there is no such backup, or no good one"),
    LOCKED(11, "another run is going on"),
    REFUSED(12, "a check refused the run before anything was changed");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The process's exit status, 0 to 12. */
    public int status() {
        return status;
    }

    /** One clause for help texts, lower case. */
    public String meaning() {
        return meaning;
    }
}
