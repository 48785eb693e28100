package dolmen.metadata.postgres;

import dolmen.database.postgres.DatabaseProperties;
import dolmen.database.postgres.SideNames;
import dolmen.metadata.ForeignKind;
import java.util.Set;

/**
 * The kinds of objects that can lie in a metadata database and are not Druid's. Each has its words for a person, the types that
 * pg_dump's comments give such an object (none for a kind that no dump holds), and a query for the names and contents of all objects of
 * the kind in the present database. The queries read catalogs that every user may read.
 */
public enum PostgresKind implements ForeignKind {
    SCHEMA(
            "schema",
            Set.of("SCHEMA"),
            "SELECT n.nspname, '' FROM pg_namespace n WHERE n.nspname <> 'public' AND " + Where.schema()
                    + Where.own("pg_namespace", "n.oid")),
    /** Its content is its rows, and unknown where this user may not read them. */
    TABLE(
            "table",
            Set.of("TABLE"),
            Where.relation("'r', 'p'", "CASE WHEN has_table_privilege(c.oid, 'SELECT') THEN '' END")),
    FOREIGN_TABLE("foreign table", Set.of("FOREIGN TABLE"), Where.relation("'f'", "''")),
    VIEW("view", Set.of("VIEW"), Where.relation("'v'", "pg_get_viewdef(c.oid)")),
    MATERIALIZED_VIEW("materialized view", Set.of("MATERIALIZED VIEW"), Where.relation("'m'", "pg_get_viewdef(c.oid)")),
    SEQUENCE(
            "sequence",
            Set.of("SEQUENCE"),
            Where.relation("'S'", "''")
                    + " AND NOT EXISTS (SELECT 1 FROM pg_depend o WHERE o.classid = 'pg_class'::regclass"
                    + " AND o.objid = c.oid AND o.deptype IN ('a', 'i'))"),
    FUNCTION(
            "function",
            Set.of("FUNCTION", "PROCEDURE", "AGGREGATE"),
            "SELECT " + Where.name("p.proname") + " || '(' || coalesce((SELECT string_agg(format_type(t, NULL), ', '"
                    + " ORDER BY i) FROM unnest(p.proargtypes) WITH ORDINALITY AS arguments(t, i)), '') || ')', p.prosrc"
                    + " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE " + Where.schema()
                    + Where.own("pg_proc", "p.oid")),
    TYPE("type", Set.of("TYPE", "SHELL TYPE"), Where.type("IN ('b', 'c', 'e', 'r')")),
    DOMAIN("domain", Set.of("DOMAIN"), Where.type("= 'd'")),
    LARGE_OBJECT("large object", Set.of("BLOB"), "SELECT oid::text, '' FROM pg_largeobject_metadata"),
    RULE(
            "rule",
            Set.of("RULE"),
            Where.ofRelation("pg_rewrite", "r.rulename", "r.ev_class", "pg_get_ruledef(r.oid)")
                    + " AND r.rulename <> '_RETURN'"),
    TRIGGER(
            "trigger",
            Set.of("TRIGGER"),
            Where.ofRelation("pg_trigger", "r.tgname", "r.tgrelid", "pg_get_triggerdef(r.oid)")
                    + " AND NOT r.tgisinternal"),
    POLICY("policy", Set.of("POLICY"), Where.ofRelation("pg_policy", "r.polname", "r.polrelid", "''")),
    EVENT_TRIGGER(
            "event trigger",
            Set.of("EVENT TRIGGER"),
            "SELECT evtname, '' FROM pg_event_trigger e WHERE true" + Where.own("pg_event_trigger", "e.oid")),
    EXTENSION("extension", Set.of("EXTENSION"), "SELECT extname, '' FROM pg_extension WHERE extname <> 'plpgsql'"),
    DATA_WRAPPER(
            "foreign data wrapper",
            Set.of("FOREIGN DATA WRAPPER"),
            "SELECT fdwname, '' FROM pg_foreign_data_wrapper w WHERE true"
                    + Where.own("pg_foreign_data_wrapper", "w.oid")),
    SERVER(
            "foreign server",
            Set.of("SERVER"),
            "SELECT srvname, '' FROM pg_foreign_server s WHERE true" + Where.own("pg_foreign_server", "s.oid")),
    USER_MAPPING(
            "user mapping",
            Set.of("USER MAPPING"),
            "SELECT 'USER MAPPING ' || usename || ' SERVER ' || srvname, '' FROM pg_user_mappings"),
    PUBLICATION("publication", Set.of("PUBLICATION"), "SELECT pubname, '' FROM pg_publication"),
    SUBSCRIPTION(
            "subscription",
            Set.of("SUBSCRIPTION"),
            "SELECT subname, '' FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid" + Where.DATABASE),
    DEFAULT_RIGHTS(
            "default privileges",
            Set.of("DEFAULT ACL"),
            "SELECT pg_get_userbyid(a.defaclrole) || coalesce(' in schema ' || n.nspname, '') || ' for ' ||"
                    + " a.defaclobjtype::text, a.defaclacl::text"
                    + " FROM pg_default_acl a LEFT JOIN pg_namespace n ON n.oid = a.defaclnamespace"),
    RIGHT(
            "privilege",
            Set.of("ACL"),
            "SELECT " + Where.name("c.relname") + " || ' ' || a.privilege_type || ' of ' ||"
                    + " CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END, ''"
                    + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a"
                    + " WHERE a.grantee <> c.relowner AND " + Where.schema() + Where.own("pg_class", "c.oid")),
    OTHER(
            "object",
            Set.of(
                    "COLLATION",
                    "CONVERSION",
                    "OPERATOR",
                    "CAST",
                    "PROCEDURAL LANGUAGE",
                    "STATISTICS",
                    "TEXT SEARCH CONFIGURATION",
                    "TEXT SEARCH DICTIONARY"),
            Where.others(
                    "pg_collation",
                    "pg_conversion",
                    "pg_operator",
                    "pg_cast",
                    "pg_language",
                    "pg_statistic_ext",
                    "pg_ts_config",
                    "pg_ts_dict")),
    LABEL(
            "security label",
            Set.of("SECURITY LABEL"),
            "SELECT l.provider || ' of ' || l.objtype || ' ' || l.objname, l.label FROM pg_seclabels l WHERE l.objtype"
                    + " NOT IN ('role', 'tablespace', 'database')"),
    DATABASE_LABEL(
            "security label of the database",
            Set.of(),
            "SELECT l.provider, l.label FROM pg_shseclabel l JOIN pg_database d ON d.oid = l.objoid" + Where.DATABASE
                    + " AND l.classoid = 'pg_database'::regclass"),
    DATABASE_COMMENT(
            "comment on the database",
            Set.of(),
            "SELECT '', c.text FROM pg_database d, shobj_description(d.oid, 'pg_database') AS c(text)" + Where.DATABASE
                    + " AND c.text IS NOT NULL"),
    TABLESPACE(
            "tablespace of the database",
            Set.of(),
            "SELECT t.spcname, '' FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace" + Where.DATABASE
                    + " AND t.spcname <> 'pg_default'"),
    ROLE_SETTING(
            "setting by ALTER ROLE ... IN DATABASE",
            Set.of(),
            "SELECT pg_get_userbyid(s.setrole) || ' ' || split_part(c.setting, '=', 1), c.setting"
                    + " FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase,"
                    + " unnest(s.setconfig) AS c(setting)" + Where.DATABASE + " AND s.setrole <> 0"),
    /** {@link DatabaseProperties} sets these for the database that a restore makes. */
    DATABASE_SETTING(
            "setting by ALTER DATABASE",
            Set.of(),
            "SELECT split_part(c.setting, '=', 1), c.setting FROM pg_db_role_setting s JOIN pg_database d ON"
                    + " d.oid = s.setdatabase, unnest(s.setconfig) AS c(setting)" + Where.DATABASE
                    + " AND s.setrole = 0"),
    DATABASE_RIGHT(
            "privilege on the database",
            Set.of(),
            "SELECT a.privilege_type || ' of ' || CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)"
                    + " END, '' FROM pg_database d, aclexplode(d.datacl) a" + Where.DATABASE
                    + " AND a.grantee <> d.datdba");

    private final String words;
    private final Set<String> types;
    private final String query;

    PostgresKind(String words, Set<String> types, String query) {
        this.words = words;
        this.types = types;
        this.query = query;
    }

    @Override
    public String words() {
        return words;
    }

    Set<String> types() {
        return types;
    }

    @Override
    public boolean isTable() {
        return this == TABLE;
    }

    @Override
    public boolean isDruids() {
        return this == TABLE || this == SEQUENCE;
    }

    @Override
    public boolean isNamedInDumps() {
        return this != DEFAULT_RIGHTS && this != RIGHT && this != OTHER && this != LABEL;
    }

    @Override
    public boolean isCopied() {
        return this == DATABASE_SETTING || this == DATABASE_RIGHT;
    }

    /** The query for one JSON array a row: kind, name, and an MD5 of the content. */
    String query() {
        return "SELECT json_build_array('" + name() + "', k.name, md5(k.content)) FROM (" + query
                + ") AS k(name, content)";
    }

    /** The parts of SQL that several queries have in common. */
    private static final class Where {
        static final String DATABASE = " WHERE d.datname = current_database()";

        private Where() {}

        /** Neither PostgreSQL's own schemas nor what restores of single datasources keep. */
        static String schema() {
            return "n.nspname !~ '^(pg_|information_schema$|" + SideNames.KEPT_SCHEMAS + ")'";
        }

        /** Not made by an extension or as a part of something else. */
        static String own(String catalog, String oid) {
            return " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = '" + catalog
                    + "'::regclass AND d.objsubid = 0 AND d.objid = " + oid + " AND d.deptype IN ('e', 'i'))";
        }

        static String name(String column) {
            return "CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || " + column;
        }

        static String relation(String kinds, String content) {
            return "SELECT " + name("c.relname") + ", " + content
                    + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN (" + kinds
                    + ") AND c.relpersistence <> 't' AND " + schema() + own("pg_class", "c.oid");
        }

        static String ofRelation(String catalog, String name, String relation, String content) {
            return "SELECT " + name("c.relname") + " || ' ' || " + name + ", " + content + " FROM " + catalog
                    + " r JOIN pg_class c ON c.oid = " + relation
                    + " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + schema() + own(catalog, "r.oid");
        }

        static String type(String kinds) {
            return "SELECT " + name("t.typname") + ", '' FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace"
                    + " WHERE t.typtype " + kinds
                    + " AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = t.oid)"
                    + " AND (t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_class c WHERE c.oid = t.typrelid)) AND "
                    + schema() + own("pg_type", "t.oid");
        }

        static String others(String... catalogs) {
            StringBuilder sql = new StringBuilder();
            for (String catalog : catalogs) {
                sql.append(sql.length() == 0 ? "" : " UNION ALL ")
                        .append("SELECT i.type || ' ' || i.identity, '' FROM ")
                        .append(catalog)
                        .append(" o, pg_identify_object('")
                        .append(catalog)
                        .append("'::regclass, o.oid, 0) i WHERE o.oid >= 16384 AND coalesce(i.schema, '') !~ '^")
                        .append(SideNames.KEPT_SCHEMAS)
                        .append("'")
                        .append(own(catalog, "o.oid"));
            }
            return sql.toString();
        }
    }
}
