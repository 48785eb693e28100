package dolmen.doctor;

import dolmen.metadata.MetadataServer;
import dolmen.model.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** Whether PostgreSQL answers, fits its client programs, has the database, lets a restore replace it, and has room. */
final class PostgresCheck implements Check {
    private final Source source;

    PostgresCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        MetadataServer server = source.metadata().server();
        String database = source.metadata().live().name();
        String product = source.metadata().product();
        if (!server.hasDatabase()) {
            seen.add(Seen.error(
                    product + " has no database " + database, "Set dolmen.metadata.database to Druid's own."));
            return seen;
        }
        seen.add(Seen.ok(product + " " + server.version() + ", database " + database + " of "
                + Size.words(server.databaseBytes())));
        server.dumping()
                .ifPresentOrElse(
                        obstacle -> seen.add(Seen.error(obstacle.what(), obstacle.hint())),
                        () -> seen.add(Seen.ok("the client programs are of version " + server.clientVersion())));
        server.replacing()
                .ifPresent(obstacle -> seen.add(
                        Seen.warning(obstacle.what() + ": backups work, restores are refused", obstacle.hint())));
        room(server, seen);
        leftovers(seen);
        return seen;
    }

    private void room(MetadataServer server, List<Seen> seen) {
        OptionalLong free = source.metadata().freeBytes();
        String volume = source.metadata().product() + "'s volume";
        if (free.isEmpty()) {
            seen.add(Seen.info("the free space of " + volume + " could not be found out"));
        } else if (free.getAsLong() < 2 * server.databaseBytes()) {
            seen.add(Seen.warning(
                    volume + " has " + Size.words(free.getAsLong())
                            + " free; a restore loads a second database beside the first one",
                    "Make room for twice the database before a restore."));
        } else {
            seen.add(Seen.ok(volume + " has " + Size.words(free.getAsLong()) + " free"));
        }
    }

    private void leftovers(List<Seen> seen) {
        SortedSet<String> leftovers = new TreeSet<>(source.metadata().leftovers());
        SortedSet<String> trials = source.metadata().trials();
        leftovers.removeAll(trials);
        if (!trials.isEmpty()) {
            seen.add(Trials.seen(trials));
        }
        if (!leftovers.isEmpty()) {
            seen.add(Seen.info(
                    "databases that restores keep: " + String.join(", ", leftovers),
                    "Those of the last verified restores are for `dolmen restore --undo`; what an interrupted one left"
                            + " goes by `dolmen recover`."));
        }
    }
}
