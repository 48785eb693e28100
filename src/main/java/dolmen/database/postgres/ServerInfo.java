package dolmen.database.postgres;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A PostgreSQL server as its user sees it: versions of the server (also as a number, {@code 150018}) and of the client
 * programs, the cluster's system identifier (empty when the user may not ask for it), whether the user may replace the
 * database by another, the database's encoding and size in bytes (empty and 0 while it does not exist), the roles that
 * exist, and those of them that the user may make owners.
 */
public record ServerInfo(
        String version,
        int versionNumber,
        String clientVersion,
        Optional<String> systemIdentifier,
        boolean mayCreateDatabases,
        String encoding,
        long databaseBytes,
        SortedSet<String> roles,
        SortedSet<String> ownRoles) {
    public ServerInfo {
        roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
        ownRoles = Collections.unmodifiableSortedSet(new TreeSet<>(ownRoles));
    }
}
