package dolmen.metabase.h2;

import dolmen.stack.memory.MemoryHost;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** A Metabase that keeps writing to its H2 database while its service runs. */
final class H2Writer implements AutoCloseable {
    private final Path database;
    private Thread writer;
    private volatile boolean writing;
    private volatile long written;
    private volatile Exception trouble;

    /** Begins and ends with the starts and stops of this host. */
    H2Writer(Path database, MemoryHost host) {
        this.database = database;
        host.before = call -> {
            if (call.startsWith("stop ")) {
                close();
            }
        };
        host.after = call -> {
            if (call.startsWith("start ")) {
                begin();
            }
        };
    }

    /** The number of rows that were written since the last start. */
    long written() {
        return written;
    }

    /** Why it gave up, if it did. */
    Exception trouble() {
        return trouble;
    }

    private void begin() {
        writing = true;
        written = 0;
        writer = new Thread(this::write);
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public void close() {
        writing = false;
        if (writer != null) {
            join();
        }
    }

    private void write() {
        try (Connection connection = H2Fixture.open(database)) {
            while (writing) {
                H2Fixture.insert(connection);
                written = written + 1;
            }
        } catch (SQLException broken) {
            trouble = broken;
        }
    }

    private void join() {
        try {
            writer.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
