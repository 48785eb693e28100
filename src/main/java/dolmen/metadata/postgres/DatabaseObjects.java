package dolmen.metadata.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.database.postgres.PostgresClient;
import dolmen.database.postgres.RowsPrint;
import dolmen.database.postgres.TableShape;
import dolmen.metadata.DruidTable;
import dolmen.metadata.ForeignObject;
import dolmen.metadata.ForeignObjects;
import dolmen.metadata.ObjectList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads what a database holds that is not Druid's, from its catalogs; rows of a table only when they are asked for. */
final class DatabaseObjects {
    /** The settings of pg_dump's sessions: with them a row is written here as it is in a dump. */
    private static final String AS_DUMPED =
            "SET search_path TO ''; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; SET extra_float_digits = 3;"
                    + " SET row_security = off";

    private final PostgresClient client;
    private final String database;

    DatabaseObjects(PostgresClient client, String database) {
        this.client = client;
        this.database = database;
    }

    ForeignObjects read() {
        SortedMap<ForeignObject, Optional<String>> contents = new TreeMap<>();
        String all = Arrays.stream(PostgresKind.values())
                .map(PostgresKind::query)
                .collect(Collectors.joining(" UNION ALL "));
        for (JsonNode row : client.query(database, "SET search_path TO ''", all)) {
            contents.put(
                    new ForeignObject(
                            PostgresKind.valueOf(row.get(0).asText()),
                            row.get(1).asText()),
                    Optional.ofNullable(row.get(2).textValue()));
        }
        List<TableShape> tables = TableShape.of(client, database);
        Optional<String> prefix = tables.stream()
                .filter(table -> DruidTable.of(table.table()).equals(Optional.of(DruidTable.SEGMENTS)))
                .filter(table -> DruidTables.fits(DruidTable.SEGMENTS, table))
                .findFirst()
                .map(table -> ObjectList.prefix(table.name()));
        return new ForeignObjects(new ObjectList(contents, prefix), name -> rows(tables, name), false);
    }

    private RowsPrint rows(List<TableShape> tables, String name) {
        Optional<TableShape> table =
                tables.stream().filter(shape -> shape.name().equals(name)).findFirst();
        if (table.isEmpty()) {
            return RowsPrint.EMPTY;
        }
        RowsPrint.Sum sum = new RowsPrint.Sum();
        client.copyOut(database, table.get().sql(), row -> sum.add(row, row.length), AS_DUMPED);
        return sum.print();
    }
}
