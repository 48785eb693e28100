package dolmen.stack;

/**
 * Cleans up on a thread that may have been interrupted: a pending interrupt would close the connection to the engine's
 * socket, so it is put aside and set again afterwards.
 */
public final class Uninterrupted {
    private Uninterrupted() {}

    public static void run(Runnable cleanUp) {
        boolean interrupted = Thread.interrupted();
        try {
            cleanUp.run();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
