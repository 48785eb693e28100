package dolmen.deepstorage.local;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.archive.TarInspector;
import dolmen.deepstorage.LoadPaths;
import dolmen.deepstorage.SegmentFiles;
import dolmen.model.Json;
import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import dolmen.model.UsedSegments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Real backups of the two shell scripts, and used segments made up for a test. */
public final class Fixture {
    public static final Path BACKUPS = Path.of("src/test/resources/backups");
    public static final Path SCRIPT_TAR = BACKUPS.resolve("script-backup/druid_shared.tar");

    /** How load specs name the files of these backups. */
    public static final LoadPaths PATHS = new LoadPaths("local", "/opt/shared");

    private Fixture() {}

    /** The used rows of {@code druid_segments} in a dump. */
    public static UsedSegments dump(String backup) {
        return consumer -> {
            try (Stream<String> lines = Files.lines(BACKUPS.resolve(backup).resolve("druid_metadata_dump.sql"))) {
                lines.dropWhile(line -> !line.startsWith("COPY public.druid_segments "))
                        .skip(1)
                        .takeWhile(line -> !line.equals("\\."))
                        .map(line -> line.split("\t"))
                        .filter(row -> row[7].equals("t"))
                        .map(Fixture::entry)
                        .forEach(consumer);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
    }

    private static SegmentEntry entry(String[] row) {
        try {
            JsonNode payload = Json.MAPPER.readTree(HexFormat.of().parseHex(row[8].substring(3)));
            return new SegmentEntry(
                    row[0],
                    row[1],
                    row[3] + "/" + row[4],
                    row[6],
                    Shard.of(payload.path("shardSpec")),
                    payload.at("/loadSpec/type").asText(),
                    payload.at("/loadSpec/path").asText(),
                    payload.get("size").asLong());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static SegmentFiles tar(Path tar) {
        return visitor -> TarInspector.list(tar, member -> {
            if (member.isFile()) {
                visitor.accept(member.name(), member.size());
            }
        });
    }

    public static SegmentEntry segment(String id, String type, String path, long size) {
        return new SegmentEntry(
                id,
                "wiki",
                "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z",
                "v",
                Shard.counted(0, 1),
                type,
                path,
                size);
    }

    public static UsedSegments used(SegmentEntry... segments) {
        return List.of(segments)::forEach;
    }
}
