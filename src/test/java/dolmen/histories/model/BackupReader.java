package dolmen.histories.model;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Reads a backup as docs/format.md describes it, and shares nothing with the code under test: the rows of its dump, and the files
 * by its index out of the archives that the index names.
 */
public final class BackupReader {
    private static final String COPY = "COPY public.druid_segments (";

    private final String shared;
    private final Files files;
    private final Map<String, byte[]> archives = new HashMap<>();

    /** The file of a backup, wherever it is; null where it is nowhere. */
    @FunctionalInterface
    public interface Files {
        byte[] read(String label, String name);
    }

    /** {@code shared} is the shared folder as load specs name it. */
    public BackupReader(String shared, Files files) {
        this.shared = shared;
        this.files = files;
    }

    public Snapshot read(String label) {
        return new Snapshot(
                rows(new String(file(label, "druid_metadata_dump.sql"), StandardCharsets.UTF_8)), members(label));
    }

    private byte[] file(String label, String name) {
        return Optional.ofNullable(files.read(label, name))
                .orElseThrow(() -> Violation.of("verified", "file-gone", label + "/" + name + " is nowhere"));
    }

    private SortedMap<String, Segment> rows(String dump) {
        SortedMap<String, Segment> rows = new TreeMap<>();
        int copy = dump.indexOf(COPY);
        int begin = dump.indexOf('\n', copy) + 1;
        List<String> columns = List.of(
                dump.substring(copy + COPY.length(), dump.indexOf(')', copy)).split(", "));
        dump.substring(begin, dump.indexOf("\\.\n", begin)).lines().forEach(line -> {
            String[] field = line.split("\t", -1);
            Segment row = row(
                    field[columns.indexOf("id")],
                    field[columns.indexOf("created_date")],
                    field[columns.indexOf("used")].equals("t"),
                    HexFormat.of().parseHex(field[columns.indexOf("payload")].substring(3)),
                    shared);
            rows.put(row.id(), row);
        });
        return rows;
    }

    /** A segment as its row describes it. */
    public static Segment row(String id, String created, boolean used, byte[] payload, String shared) {
        try {
            JsonNode json = Json.MAPPER.readTree(payload);
            return new Segment(
                    id,
                    json.path("dataSource").asText(),
                    json.path("interval").asText(),
                    json.path("version").asText(),
                    json.path("shardSpec").path("partitionNum").asInt(),
                    json.path("loadSpec").path("path").asText().substring(shared.length() + 1),
                    created,
                    json.path("size").asLong(),
                    used);
        } catch (IOException garbage) {
            throw new UncheckedIOException(garbage);
        }
    }

    private SortedMap<String, Content> members(String label) {
        SortedMap<String, Content> members = new TreeMap<>();
        byte[] index = file(label, "segments.jsonl.gz");
        try (GZIPInputStream lines = new GZIPInputStream(new ByteArrayInputStream(index))) {
            for (String line : new String(lines.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.contains("\"segment\":")) {
                    JsonNode member = Json.MAPPER.readTree(line);
                    byte[] tar =
                            archives.computeIfAbsent(member.path("label").asText(), of -> file(of, "druid_shared.tar"));
                    int offset = member.path("offset").asInt();
                    int size = member.path("size").asInt();
                    if (offset + size > tar.length) {
                        Violation.raise("verified", "archive-short", label + ": " + line);
                    }
                    members.put(
                            member.path("path").asText().substring(shared.length()),
                            Content.of(java.util.Arrays.copyOfRange(tar, offset, offset + size)));
                }
            }
        } catch (IOException garbage) {
            Violation.raise("verified", "index-unreadable", label + ": " + garbage);
        }
        return members;
    }
}
