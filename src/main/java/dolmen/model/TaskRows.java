package dolmen.model;

/** The numbers of rows that mean something only at the moment of a backup: active tasks, their locks, and pending segments. */
public record TaskRows(long activeTasks, long taskLocks, long pendingSegments) {
    public static final TaskRows NONE = new TaskRows(0, 0, 0);

    /** {@code 2 active tasks, 1 task lock, 5 pending segments}. */
    public String words() {
        return count(activeTasks, "active task") + ", " + count(taskLocks, "task lock") + ", "
                + count(pendingSegments, "pending segment");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
