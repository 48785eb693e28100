package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.DumpSummary;
import dolmen.model.StepFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Dumps for tests: the real ones, and small ones made to measure. */
public final class Dumps {
    public static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup/druid_metadata_dump.sql");
    static final Path KILLED_BETWEEN = Path.of("src/test/resources/backups/killed-between/druid_metadata_dump.sql");

    public static final String HEAD = """
            --
            -- PostgreSQL database dump
            --

            -- Dumped from database version 15.4
            -- Dumped by pg_dump version 16.1

            SET client_encoding = 'UTF8';
            SET standard_conforming_strings = on;

            """;
    public static final String TAIL = """

            --
            -- PostgreSQL database dump complete
            --

            """;

    /** The load spec of a segment that lies in the shared folder. */
    public static final String LOCAL = "{\"type\":\"local\",\"path\":\"/opt/shared/a/index/\"}";

    private Dumps() {}

    public static DumpSummary read(String dump) {
        return Stores.read(stream(dump));
    }

    /** The dump is damage, and this is said of it. */
    public static void refused(String dump, String message) {
        assertThatThrownBy(() -> read(dump))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining(message);
    }

    public static String script() {
        try {
            return Files.readString(SCRIPT);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The dump without the two lines that differ each time. */
    static String content(Path dump) throws IOException {
        return Files.readString(dump).replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    public static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A small whole dump of Druid's core tables, with these rows in the table of segments. */
    public static String druid(String base, String segmentRows) {
        return HEAD + tables(base, segmentRows) + TAIL;
    }

    public static String tables(String base, String segmentRows) {
        return table(base + "_config", "name, payload", "")
                + table(base + "_datasource", "datasource, commit_metadata_payload", "")
                + table(base + "_rules", "id, payload", "")
                + table(base + "_supervisors", "id, payload", "")
                + table(base + "_segments", "id, datasource, \"end\", used, payload", segmentRows);
    }

    public static String table(String name, String columns, String rows) {
        return "CREATE TABLE public." + name + " (\n    " + columns.replace(",", " text,") + " text\n);\nCOPY public."
                + name + " (" + columns + ") FROM stdin;\n" + rows + "\\.\n\n";
    }

    public static String segmentRow(String id, String datasource, boolean used, String payload) {
        return String.join("\t", id, datasource, "2024-01-02", used ? "t" : "f", "\\\\x" + hex(payload)) + "\n";
    }

    public static String payload(String loadSpec, long size) {
        return "{\"interval\":\"2024-01-01/2024-01-02\",\"version\":\"v1\",\"loadSpec\":" + loadSpec
                + ",\"shardSpec\":{\"type\":\"numbered\",\"partitionNum\":3},\"size\":" + size + "}";
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
