package dolmen.histories.files;

/** The process was killed here, in a history; nothing that it tries afterwards is done. */
public final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed(String call) {
        super("killed before: " + call, null, false, false);
    }
}
