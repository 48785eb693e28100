package dolmen.stack;

/** How a program ended: its exit status, and what it wrote to stderr (its last 16 KiB). */
public record Outcome(int exitStatus, String stderr) {
    public boolean succeeded() {
        return exitStatus == 0;
    }
}
