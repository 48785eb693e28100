package dolmen.metadata.postgres;

import dolmen.database.postgres.CopyText;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.Sql;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.PrintSum;
import dolmen.model.IndexedSegment;
import dolmen.model.SegmentPrint;
import dolmen.model.SegmentPrints;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fingerprints of the used segments of a database, made by the server where it can, so that no payload is sent. */
final class LivePrints implements SegmentPrints {
    /** The first version with sha256(). */
    private static final int HASHES = 110000;

    private final PostgresClient client;
    private final String database;
    private final TableShape segments;
    private final boolean onServer;

    LivePrints(PostgresClient client, String database, TableShape segments, boolean onServer) {
        this.client = client;
        this.database = database;
        this.segments = segments;
        this.onServer = onServer;
    }

    static LivePrints of(PostgresClient client, String database, TableShape segments) {
        boolean onServer = client.query(
                        database, "SELECT to_json(current_setting('server_version_num')::int >= " + HASHES + ")")
                .get(0)
                .booleanValue();
        return new LivePrints(client, database, segments, onServer);
    }

    @Override
    public void forEach(Consumer<SegmentPrint> consumer) {
        PrintSum sum = new PrintSum();
        String last = onServer ? hash("id", "created_date", "payload") : column("payload", "''::bytea");
        String query = "SELECT id, datasource, " + column("created_date", "''") + ", " + last + " FROM "
                + segments.sql() + " WHERE used";
        client.stream(database, query, row -> {
            List<byte[]> fields = fields(row);
            String id = text(fields.get(0));
            String datasource = text(fields.get(1));
            String created = text(fields.get(2));
            consumer.accept(
                    onServer
                            ? new SegmentPrint(id, datasource, created, text(fields.get(3)))
                            : sum.print(
                                    id, datasource, created, CopyText.bytea(fields.get(3), 0, fields.get(3).length)));
        });
    }

    private String hash(String... columns) {
        return "left(encode(sha256("
                + Stream.of(columns)
                        .map(this::bytes)
                        .map(value -> "int8send(length(" + value + ")) || " + value)
                        .collect(Collectors.joining(" || "))
                + "), 'hex'), " + IndexedSegment.DIGITS + ")";
    }

    private String bytes(String column) {
        String value = column(column, "''");
        boolean binary = segments.columns().getOrDefault(column, "").equals("bytea");
        return binary ? value : "convert_to(" + value + ", 'UTF8')";
    }

    private String column(String name, String otherwise) {
        return segments.columns().containsKey(name) ? Sql.identifier(name) : otherwise;
    }

    private static List<byte[]> fields(byte[] row) {
        List<byte[]> fields = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= row.length; i++) {
            if (i == row.length || row[i] == '\t') {
                byte[] field = new byte[i - from];
                System.arraycopy(row, from, field, 0, field.length);
                fields.add(field);
                from = i + 1;
            }
        }
        return fields;
    }

    private static String text(byte[] field) {
        return new String(CopyText.unescape(field, 0, field.length), StandardCharsets.UTF_8);
    }
}
