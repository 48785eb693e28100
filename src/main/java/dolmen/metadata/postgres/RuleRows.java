package dolmen.metadata.postgres;

import dolmen.database.postgres.Sql;
import dolmen.metadata.LoadRules;

/**
 * Makes the SQL that gives load rules to datasources. The version of a row is the time of the rules; where newer rules are in the table,
 * it is their version with a 0 behind it, which sorts after it.
 */
record RuleRows(LoadRules rules) {
    private String version(String table) {
        String now = Sql.literal(rules.since().toString());
        String newest = "(SELECT max(version) FROM " + table
                + " AS r WHERE r.datasource = n.datasource AND r.payload <> " + payload() + ")";
        return "CASE WHEN " + newest + " >=" + now + " THEN " + newest + " || '0' ELSE" + now + " END";
    }

    /** Inserts a row for each datasource that {@code names} selects in its only column; those that have it already stay. */
    String insertion(String table, String names) {
        return "INSERT INTO " + table + " (id, datasource, version, payload) SELECT n.datasource || '_' || n.version,"
                + " n.datasource, n.version, " + payload() + " FROM (" + versions(table, names)
                + ") AS n WHERE NOT EXISTS (SELECT 1 FROM " + table
                + " AS r WHERE r.datasource = n.datasource AND r.version = n.version)";
    }

    private String payload() {
        return "convert_to(" + Sql.literal(rules.json()) + ", 'UTF8')";
    }

    /** Selects each of these datasources and the version of its row. */
    String versions(String table, String names) {
        return "SELECT n.datasource, " + version(table) + " AS version FROM (" + names + ") AS n";
    }
}
