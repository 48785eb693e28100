package dolmen.progress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * One line at the bottom of a terminal, drawn over and over. What others print there meanwhile, such as the log, goes
 * through {@link #others()}: the bar makes room for it and is drawn again below. It uses no more than spaces and
 * carriage returns.
 */
final class Bar implements Display {
    /** For a shorter step no bar is drawn. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final PrintStream terminal;
    private final int columns;
    private final PrintStream others = new PrintStream(new Others(), true, StandardCharsets.UTF_8);
    private int drawn;
    private boolean atLineStart = true;

    Bar(PrintStream terminal, int columns) {
        this.terminal = terminal;
        this.columns = columns;
    }

    /** Takes the place of standard error until it is closed. */
    static Display onStandardError(int columns) {
        PrintStream before = System.err;
        Bar bar = new Bar(before, columns);
        System.setErr(bar.others());
        return new Display() {
            @Override
            public void show(StepProgress reading) {
                bar.show(reading);
            }

            @Override
            public void clear() {
                bar.clear();
            }

            @Override
            public void close() {
                bar.clear();
                System.setErr(before);
            }
        };
    }

    /** The stream to which everything else prints in place of the terminal. */
    PrintStream others() {
        return others;
    }

    @Override
    public synchronized void show(StepProgress reading) {
        if (reading.elapsed().compareTo(SHORT) < 0 || !atLineStart) {
            return;
        }
        String line = reading.bar(columns);
        terminal.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
        terminal.flush();
        drawn = line.length();
    }

    @Override
    public synchronized void clear() {
        if (drawn > 0) {
            terminal.print("\r" + " ".repeat(drawn) + "\r");
            terminal.flush();
            drawn = 0;
        }
    }

    private synchronized void print(byte[] bytes, int offset, int length) {
        if (length > 0) {
            clear();
            terminal.write(bytes, offset, length);
            terminal.flush();
            atLineStart = bytes[offset + length - 1] == '\n';
        }
    }

    private final class Others extends OutputStream {
        @Override
        public void write(int single) {
            print(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            print(bytes, offset, length);
        }
    }
}
