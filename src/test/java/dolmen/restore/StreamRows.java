package dolmen.restore;

/** Statements that write what Druid keeps of its streams. */
final class StreamRows {
    private StreamRows() {}

    /** A row of a supervisor that feeds a datasource from a stream. */
    static String supervisor(String id, boolean suspended) {
        return "INSERT INTO druid_supervisors (spec_id, created_date, payload) VALUES ('" + id
                + "', '2026-11-24T02:00:00.000Z', convert_to('{\"type\":\"kafka\",\"spec\":{\"dataSchema\":{\"dataSource\":\""
                + id + "\"}},\"suspended\":" + suspended + "}', 'UTF8'))";
    }

    /** The stored offset of a datasource's only partition. */
    static String offset(String datasource, long offset) {
        return "DELETE FROM druid_datasource WHERE datasource = '" + datasource + "';"
                + "INSERT INTO druid_datasource VALUES ('" + datasource + "', '2026-11-24T02:00:00.000Z',"
                + " convert_to('{\"type\":\"kafka\",\"partitions\":{\"partitionOffsetMap\":{\"0\":" + offset
                + "}}}', 'UTF8'), 'sum')";
    }
}
