package dolmen.database.postgres;

import dolmen.stories.Shell;
import java.nio.file.Path;
import java.util.Map;

/** The programs of a PostgreSQL: the installed ones, or those that the sandbox's script fetches. */
final class PostgresPrograms {
    private static Shell.Result found;

    private PostgresPrograms() {}

    /** The folder of the server's and the clients' programs. Looked for once; every caller is told when there is none. */
    static synchronized Path folder() {
        if (found == null) {
            found = Shell.tryRun(Map.of(), "src/sandbox/postgres-programs.sh");
        }
        if (found.status() != 0) {
            throw new AssertionError(found.stderr());
        }
        return Path.of(found.stdout().strip());
    }
}
