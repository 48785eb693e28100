package dolmen.doctor;

import dolmen.database.postgres.ServerInfo;
import dolmen.model.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;

/** Whether PostgreSQL answers, fits its client programs, has the database, lets a restore replace it, and has room. */
final class PostgresCheck implements Check {
    private final Source source;

    PostgresCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        ServerInfo server = source.metadata().server();
        String database = source.settings().metadata().database();
        if (server.encoding().isEmpty()) {
            seen.add(Seen.error(
                    "PostgreSQL has no database " + database, "Set dolmen.metadata.database to Druid's own."));
            return seen;
        }
        seen.add(Seen.ok("PostgreSQL " + server.version() + ", database " + database + " of "
                + Size.words(server.databaseBytes())));
        if (major(server.clientVersion()) < major(server.version())) {
            seen.add(Seen.error(
                    "pg_dump " + server.clientVersion() + " is older than the server " + server.version()
                            + " and refuses to dump it",
                    "Install PostgreSQL's client programs of version " + major(server.version()) + "."));
        } else {
            seen.add(Seen.ok("the client programs are of version " + server.clientVersion()));
        }
        if (!server.mayCreateDatabases()) {
            seen.add(Seen.warning(
                    "the user may not replace database " + database + ": backups work, restores are refused",
                    "Make the user its owner and let it create databases: ALTER ROLE ... CREATEDB."));
        }
        room(server, seen);
        leftovers(seen);
        return seen;
    }

    private void room(ServerInfo server, List<Seen> seen) {
        OptionalLong free = source.metadata().freeBytes();
        if (free.isEmpty()) {
            seen.add(Seen.info("the free space of PostgreSQL's volume could not be found out"));
        } else if (free.getAsLong() < 2 * server.databaseBytes()) {
            seen.add(Seen.warning(
                    "PostgreSQL's volume has " + Size.words(free.getAsLong())
                            + " free; a restore loads a second database beside the first one",
                    "Make room for twice the database before a restore."));
        } else {
            seen.add(Seen.ok("PostgreSQL's volume has " + Size.words(free.getAsLong()) + " free"));
        }
    }

    private void leftovers(List<Seen> seen) {
        SortedSet<String> leftovers = source.metadata().leftovers();
        if (!leftovers.isEmpty()) {
            seen.add(Seen.info(
                    "databases that restores keep: " + String.join(", ", leftovers),
                    "Those of the last verified restores are for `dolmen restore --undo`; what an interrupted one left"
                            + " goes by `dolmen recover`."));
        }
    }

    private static int major(String version) {
        return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    }
}
