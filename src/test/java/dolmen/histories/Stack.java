package dolmen.histories;

import dolmen.database.postgres.PostgresFixture;
import dolmen.histories.model.BackupReader;
import dolmen.histories.model.Content;
import dolmen.histories.model.Pushed;
import dolmen.histories.model.Segment;
import dolmen.histories.model.Snapshot;
import dolmen.histories.standins.Sessions;
import dolmen.histories.standins.StoryDruid.Served;
import dolmen.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One stack as Druid has it: rows in a real database and files in a real folder, looked at and changed as Druid does. */
final class Stack {
    final String name;
    final String database;
    final Path shared;
    final Pushed pushed = new Pushed();
    /** Ids that were allocated and not cleaned up: no later segment gets them. */
    final SortedSet<String> pending = new TreeSet<>();

    private final Sessions sessions;

    /** {@code home} is the folder of all stacks. */
    Stack(Sessions sessions, Path home, int number) {
        this.sessions = sessions;
        this.name = "ab".substring(number, number + 1);
        this.database = Lab.database(number);
        this.shared = home.resolve(name + "/shared");
        try {
            Files.createDirectories(shared.resolve("segments"));
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** The settings, without {@code dolmen.}, of a Dolmen for it that keeps its own folders beside the shared one. */
    Map<String, String> settings(Path catalog, int port, URI druid) {
        Path home = shared.getParent();
        return new TreeMap<>(Map.ofEntries(
                Map.entry("catalog.path", catalog.toString()),
                Map.entry("inbox.path", home.resolve("inbox").toString()),
                Map.entry("dead-letter.path", home.resolve("dead-letter").toString()),
                Map.entry("state.path", home.resolve("state").toString()),
                Map.entry("stack.kind", "local"),
                Map.entry("stack.services", "historical,coordinator"),
                Map.entry("metadata.database", database),
                Map.entry("metadata.user", "druid"),
                Map.entry("metadata.password", PostgresFixture.PASSWORD),
                Map.entry("metadata.host", "127.0.0.1"),
                Map.entry("metadata.port", "" + port),
                Map.entry("segments.path", shared.toString()),
                Map.entry("segments.caches", "historical:" + home.resolve("cache")),
                Map.entry("metabase.kind", "none"),
                Map.entry("druid.url", druid.toString()),
                Map.entry("druid.call-limit", "5s"),
                Map.entry("retry.attempts", "1")));
    }

    Snapshot now() {
        return new Snapshot(rows(), files());
    }

    private SortedMap<String, Segment> rows() {
        try {
            return sessions.with(database, session -> {
                SortedMap<String, Segment> rows = new TreeMap<>();
                try (Statement statement = session.createStatement();
                        ResultSet found =
                                statement.executeQuery("SELECT id, created_date, used, payload FROM druid_segments")) {
                    while (found.next()) {
                        Segment row = BackupReader.row(
                                found.getString(1),
                                found.getString(2),
                                found.getBoolean(3),
                                found.getBytes(4),
                                shared.toString());
                        rows.put(row.id(), row);
                    }
                }
                return rows;
            });
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private SortedMap<String, Content> files() {
        SortedMap<String, Content> files = new TreeMap<>();
        if (Files.notExists(shared.resolve("segments"))) {
            return files; // a backup without a used segment was restored, and Druid has pushed none since
        }
        try (Stream<Path> tree = Files.walk(shared.resolve("segments"))) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(shared.relativize(file).toString(), Content.of(Files.readAllBytes(file)));
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        return files;
    }

    /** Druid pushes the files and publishes the row. */
    void publish(Segment segment, SortedMap<String, Content> files) {
        pushed.add(segment, files);
        files.forEach(this::write);
        pending.add(segment.id());
        String[] interval = segment.interval().split("/");
        try {
            Map<String, Object> payload = Map.of(
                    "dataSource", segment.datasource(),
                    "interval", segment.interval(),
                    "version", segment.version(),
                    "loadSpec", Map.of("type", "local", "path", shared + "/" + segment.path()),
                    "shardSpec", Map.of("type", "numbered", "partitionNum", segment.partition(), "partitions", 0),
                    "binaryVersion", 9,
                    "size", segment.size(),
                    "identifier", segment.id());
            byte[] json = Json.MAPPER.writeValueAsBytes(new TreeMap<>(payload));
            sessions.with(database, session -> {
                try (PreparedStatement row = session.prepareStatement(
                        "INSERT INTO druid_segments VALUES (?, ?, ?, ?, ?, true, ?, true, ?)")) {
                    row.setString(1, segment.id());
                    row.setString(2, segment.datasource());
                    row.setString(3, segment.created());
                    row.setString(4, interval[0]);
                    row.setString(5, interval[1]);
                    row.setString(6, segment.version());
                    row.setBytes(7, json);
                    return row.executeUpdate();
                }
            });
        } catch (IOException | SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Whether there once was a segment of this id. */
    boolean wasPushed(String id) {
        return pushed.keys().stream().anyMatch(key -> key.startsWith(id + "@"));
    }

    void write(String path, Content content) {
        try {
            Path file = shared.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content.bytes());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** Not Druid, but a disk or a person, changes a file. */
    void damage(String path, Content content) {
        pushed.damage(content);
        write(path, content);
    }

    void markUnused(Segment segment) {
        sessions.execute(database, "UPDATE druid_segments SET used = false WHERE id = '" + segment.id() + "'");
    }

    /** A kill task removes row and files. */
    void kill(Segment segment) {
        sessions.execute(database, "DELETE FROM druid_segments WHERE id = '" + segment.id() + "' AND NOT used");
        now().of(segment).keySet().forEach(path -> Lab.remove(shared.resolve(path)));
    }

    /** Whether all used segments have the files that Druid once wrote for them. */
    boolean isWhole(Snapshot moment) {
        return moment.used().stream().allMatch(segment -> moment.of(segment).equals(pushed.of(segment)));
    }

    /** Whether those of these segments that still have files have the right ones. */
    boolean areWhole(Collection<Segment> segments) {
        Snapshot now = now();
        return segments.stream()
                .allMatch(
                        segment -> now.of(segment).isEmpty() || now.of(segment).equals(pushed.of(segment)));
    }

    /** What a cluster on this metadata and these files shows. */
    List<Served> served() {
        Snapshot now = now();
        List<Served> served = new ArrayList<>();
        for (Segment segment : now.used()) {
            long rows = now.of(segment).values().stream()
                    .mapToLong(Content::rows)
                    .max()
                    .orElse(-1);
            served.add(new Served(segment.id(), segment.datasource(), segment.interval(), segment.size(), rows));
        }
        return served;
    }
}
