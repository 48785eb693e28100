package dolmen.metabase.h2;

import java.util.List;

/**
 * Metabase's H2 database: the service, the database's path as the service sees it, without {@code .mv.db}, whether the
 * file exists, whether it lies on a mount (else it is lost with its container), and warnings.
 */
record H2Location(
        String foundBy, String service, String path, boolean present, boolean mounted, List<String> warnings) {
    /**
     * The files that belong to a database, the database itself first: H2's own, and the copy that Metabase keeps when it
     * moves from H2 1.x.
     */
    static final List<String> SUFFIXES = List.of(".mv.db", ".trace.db", ".v1-backup.mv.db", ".h2.db");

    static final String DATABASE = SUFFIXES.get(0);

    H2Location {
        warnings = List.copyOf(warnings);
    }

    /** The database's file. */
    String file() {
        return path + DATABASE;
    }

    /** Why another file may be the one: what decides which file Metabase opens. */
    String hint() {
        return "Metabase opens the file that MB_DB_FILE of its container names, with .mv.db behind it; dolmen.metabase.file"
                + " counts only where the container's environment has no MB_DB_FILE.";
    }

    /** The folder of the files. */
    String folder() {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? "/" : path.substring(0, slash);
    }

    /** What the files' names begin with. */
    String base() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
