package dolmen.progress;

import java.util.function.Consumer;

/** Where progress is shown to a person while it goes on. Any thread may call it. */
public interface Display extends AutoCloseable {
    /** Shows nothing. */
    Display NONE = new Display() {
        @Override
        public void show(StepProgress reading) {}

        @Override
        public void clear() {}
    };

    /** How far the running step is; called about twice a second. */
    void show(StepProgress reading);

    /** No step is shown any more. */
    void clear();

    @Override
    default void close() {
        clear();
    }

    /** Prints lines, ever fewer in a long step: see {@link Lines}. */
    static Display lines(Consumer<String> out) {
        return new Lines(out, System::nanoTime);
    }

    /** Draws a bar on the terminal behind standard error, which has so many columns: see {@link Bar}. Closing it restores standard error. */
    static Display bar(int columns) {
        return Bar.onStandardError(columns);
    }
}
