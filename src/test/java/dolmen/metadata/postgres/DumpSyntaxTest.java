package dolmen.metadata.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.Dumps;
import dolmen.model.DumpSummary;
import org.junit.jupiter.api.Test;

/** The SQL around and inside the rows, as {@code pg_dump} writes it. */
class DumpSyntaxTest {
    @Test
    void escapes_nulls_and_commands_inside_values_are_data() {
        String rows = """
                \\\\restrict abc\ttab\\there
                \\N\tline\\nbreak\\r\\n
                -- PostgreSQL database dump complete\t\\\\.
                \\\\! touch /tmp/x\t\\\\.x
                """;

        DumpSummary summary = Dumps.read(
                Dumps.HEAD + Dumps.tables("druid", "") + Dumps.table("druid_audit", "a, b", rows) + Dumps.TAIL);

        assertThat(summary.rows()).containsEntry("druid_audit", 4L);
    }

    @Test
    void names_are_unquoted_and_other_schemas_stay_in_them() {
        DumpSummary summary = Dumps.read(Dumps.HEAD + Dumps.tables("druid", "")
                + "CREATE TABLE \"my schema\".\"odd \"\"(name), x\" (\n    id integer\n);\nCREATE TABLE other.nothing (\n);\n"
                + "COPY \"my schema\".\"odd \"\"(name), x\" (id, \"a, b\", \"c)\") FROM stdin;\n1\t2\t3\n\\.\n"
                + "COPY other.nothing  FROM stdin;\n\n\n\\.\n"
                + "CREATE TABLE public.\"Never filled\" (\n    id integer\n);\n"
                + "CREATE TABLE public.parts (\n    id integer\n)\nPARTITION BY RANGE (id);\n"
                + Dumps.TAIL);

        assertThat(summary.rows())
                .containsEntry("my schema.odd \"(name), x", 1L)
                .containsEntry("other.nothing", 2L)
                .containsEntry("Never filled", 0L)
                .doesNotContainKey("parts");
    }

    @Test
    void owners_and_grantees_are_named() {
        DumpSummary summary = Dumps.read(Dumps.HEAD + Dumps.tables("druid", "") + """
                ALTER TABLE public.x OWNER TO druid;
                ALTER TABLE public.y OWNER TO "Odd ""role""\";
                GRANT SELECT ON TABLE public.x TO reader;
                GRANT ALL ON SCHEMA public TO PUBLIC;
                REVOKE ALL ON SCHEMA public FROM postgres;
                ALTER DEFAULT PRIVILEGES FOR ROLE maker IN SCHEMA public GRANT SELECT ON TABLES  TO watcher WITH GRANT OPTION;
                """ + Dumps.TAIL);

        assertThat(summary.roles()).containsExactly("Odd \"role\"", "druid", "maker", "postgres", "reader", "watcher");
    }

    @Test
    void bodies_of_functions_do_not_confuse_it() {
        DumpSummary summary = Dumps.read(Dumps.HEAD + """
                CREATE FUNCTION public.f() RETURNS text LANGUAGE plpgsql AS $_$
                BEGIN
                COPY public.fake (a) FROM stdin;
                \\! rm -rf /
                \\.
                RETURN E'it''s \\' $$ ;'; -- '
                END; $_$;
                ALTER TABLE public.t ADD CONSTRAINT c CHECK ((a ~ E'^\\\\d;$'::text)); -- it's a comment;
                /* COPY public.fake (a) FROM stdin; /* nested \\! */ ' */
                COMMENT ON TABLE public.t IS 'a;
                \\! b''c
                -- PostgreSQL database dump complete
                ';
                CREATE RULE r AS ON INSERT TO public.t DO ALSO (INSERT INTO a VALUES (1); SELECT 2;);
                """ + Dumps.tables("druid", "") + Dumps.TAIL);

        assertThat(summary.rows()).hasSize(5).doesNotContainKey("fake");
    }

    @Test
    void a_dump_without_restrict_lines_is_whole_too() {
        String plain = Dumps.script().replaceAll("(?m)^\\\\(un)?restrict .*\n", "");

        assertThat(Dumps.read(plain)).isEqualTo(new PostgresDumps().read(Dumps.SCRIPT, segment -> {}));
    }
}
