package dolmen.pipeline;

import dolmen.model.MetadataContents;

/** Rows that belong to the moment of a backup, in words. */
record Past(long activeTasks, long taskLocks, long pendingSegments) {
    Past(MetadataContents contents) {
        this(contents.activeTasks(), contents.taskLocks(), contents.pendingSegments());
    }

    /** {@code 2 active tasks, 1 task lock, 5 pending segments}. */
    String words() {
        return count(activeTasks, "active task") + ", " + count(taskLocks, "task lock") + ", "
                + count(pendingSegments, "pending segment");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
