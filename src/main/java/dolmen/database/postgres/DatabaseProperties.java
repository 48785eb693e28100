package dolmen.database.postgres;

import dolmen.stack.Outcome;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What belongs to a database but not to its dump: rights, connection limit and settings. */
public final class DatabaseProperties {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseProperties.class);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final PostgresClient client;

    DatabaseProperties(PostgresClient client) {
        this.client = client;
    }

    /** Gives them to another database too. What this user may not give is named in a warning: the rows do not need it. */
    void copy(String from, String to) {
        List<String> statements = new ArrayList<>();
        client.maintain(rights(from, to), limit(from, to)).forEach(statement -> statements.add(statement.asText()));
        for (String statement : statements) {
            warn(client.administer(LIMIT, OutputStream.nullOutputStream(), statement), statement);
        }
        List<String> settings = new ArrayList<>();
        client.maintain(settings(from, to)).forEach(statement -> settings.add(statement.asText()));
        for (String statement : settings) {
            // a session of the first database has the values that it sets
            warn(client.run(from, LIMIT, OutputStream.nullOutputStream(), statement), statement);
        }
    }

    private static void warn(Outcome outcome, String statement) {
        if (!outcome.succeeded()) {
            LOG.warn(
                    "could not copy a property: {}",
                    ClientFailure.of(statement, outcome).getMessage());
        }
    }

    private static String rights(String from, String to) {
        String none = "REVOKE ALL ON DATABASE " + Sql.identifier(to) + " FROM PUBLIC";
        return "SELECT to_json(s) FROM (SELECT 0 AS o," + Sql.literal(none) + " AS s FROM pg_database"
                + " WHERE datacl IS NOT NULL AND datname =" + Sql.literal(from)
                + " UNION ALL SELECT 1, format('GRANT %s ON DATABASE %I TO %s%s', a.privilege_type," + Sql.literal(to)
                + ", CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,"
                + " CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)"
                + " FROM pg_database d, aclexplode(d.datacl) a WHERE a.grantee <> d.datdba AND d.datname ="
                + Sql.literal(from) + " ORDER BY 1, 2) AS statements";
    }

    private static String limit(String from, String to) {
        return "SELECT to_json(format('ALTER DATABASE %I CONNECTION LIMIT %s'," + Sql.literal(to)
                + ", datconnlimit)) FROM pg_database WHERE datconnlimit >= 0 AND datname =" + Sql.literal(from);
    }

    private static String settings(String from, String to) {
        return "SELECT to_json(format('ALTER DATABASE %I SET %I FROM CURRENT'," + Sql.literal(to)
                + ", split_part(setting, '=', 1))) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase,"
                + " unnest(s.setconfig) AS setting WHERE s.setrole = 0 AND d.datname =" + Sql.literal(from);
    }
}
