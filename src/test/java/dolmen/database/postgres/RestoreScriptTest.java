package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.DumpSummary;
import dolmen.model.StepFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreScriptTest {
    @Test
    void a_dump_that_the_target_takes_is_not_changed() throws IOException {
        assertThat(script(target("15.18", "15.18", "druid"), Dumps.script())).isEqualTo(Dumps.script());
        assertThat(omissions(target("15.18", "15.18", "druid"), Dumps.script())).isZero();
    }

    @ParameterizedTest
    @Tag("MD-01")
    @CsvSource({
        "10.23, false", "12.22, false", "13.21, false", "13.22, true", "14.18, false", "14.19, true", "15.13, false",
        "15.14, true", "16.9, false", "16.10, true", "17.5, false", "17.6, true", "18.0, true", "18beta1, true"
    })
    void restrict_commands_reach_only_a_psql_that_knows_them(String client, boolean known) throws IOException {
        String script = script(target("15.18", client, "druid"), Dumps.script());

        assertThat(script.contains("\\restrict ")).isEqualTo(known);
        assertThat(script.contains("\\unrestrict ")).isEqualTo(known);
        assertThat(script.lines()).hasSameSizeAs(Dumps.script().lines().toList());
    }

    @Test
    @Tag("MD-01")
    void rows_that_look_like_commands_pass_byte_for_byte() throws IOException {
        String rows = "\\\\restrict abc\tx\n\\N\tALTER TABLE x OWNER TO stranger;\n";
        String dump = Dumps.HEAD + "\\restrict abc\n" + Dumps.table("t", "a, b", rows)
                + "ALTER TABLE public.t OWNER TO stranger;\n" + Dumps.TAIL + "\\unrestrict abc\n";

        String script = script(target("15.3", "15.3", "druid"), dump);

        assertThat(script)
                .contains("FROM stdin;\n" + rows + "\\.\n")
                .doesNotContain("\n\\restrict abc")
                .doesNotContain("\nALTER TABLE public.t OWNER");
    }

    @ParameterizedTest
    @Tag("MD-06")
    @ValueSource(
            strings = {
                "ALTER TABLE public.t OWNER TO stranger;",
                "ALTER TABLE public.t OWNER TO \"Odd stranger\";",
                "ALTER TABLE public.t OWNER TO reader;",
                "ALTER SCHEMA public OWNER TO postgres;",
                "GRANT SELECT ON TABLE public.t TO stranger;",
                "GRANT SELECT(a) ON TABLE public.t TO stranger WITH GRANT OPTION;",
                "REVOKE ALL ON SCHEMA public FROM postgres;",
                "ALTER DEFAULT PRIVILEGES FOR ROLE stranger IN SCHEMA public GRANT SELECT ON TABLES  TO reader;",
                "ALTER DEFAULT PRIVILEGES FOR ROLE druid IN SCHEMA public REVOKE ALL ON TABLES  FROM stranger;",
                "CREATE SCHEMA public;",
                "COMMENT ON SCHEMA public IS 'standard public schema';",
                "COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language';",
                "SET transaction_timeout = 0;",
                "SET SESSION AUTHORIZATION 'stranger';",
                "RESET SESSION AUTHORIZATION;",
                "DROP TABLE IF EXISTS public.t;",
                "ALTER TABLE ONLY public.t DROP CONSTRAINT t_pkey;",
                "ALTER TABLE IF EXISTS ONLY public.t DROP CONSTRAINT IF EXISTS t_pkey;",
                "ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;",
            })
    void what_the_target_does_not_know_or_allow_is_left_out(String statement) throws IOException {
        String dump = Dumps.HEAD + statement + "\nSELECT 1;\n" + Dumps.TAIL;
        ServerInfo target = target("15.18", "15.18", "druid");

        assertThat(script(target, dump)).isEqualTo(dump.replace(statement, ""));
        assertThat(omissions(target, dump)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE public.t OWNER TO druid;",
                "GRANT SELECT ON TABLE public.t TO reader;",
                "GRANT ALL ON SCHEMA public TO PUBLIC;",
                "REVOKE USAGE ON SCHEMA public FROM PUBLIC;",
                "SET default_table_access_method = heap;",
                "SET idle_in_transaction_session_timeout = 0;",
                "CREATE SCHEMA other;",
                "COMMENT ON TABLE public.t IS 'ALTER TABLE x OWNER TO stranger;';",
                "ALTER TABLE ONLY public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);",
                "SELECT pg_catalog.setval('public.druid_audit_id_seq', 5, true);",
            })
    void everything_else_passes(String statement) throws IOException {
        String dump = Dumps.HEAD + statement + "\n" + Dumps.TAIL;

        assertThat(script(target("15.18", "15.18", "druid"), dump)).isEqualTo(dump);
    }

    @Test
    @Tag("MD-08")
    void a_dump_of_a_newer_major_version_is_refused_in_one_sentence_with_both() {
        RestoreScript script = new RestoreScript(target("15.18", "15.18", "druid"));

        assertThatThrownBy(() -> script.check(summary("18.1")))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("18.1")
                .hasMessageContaining("15.18");
        for (String version : List.of("15.99", "14.2", "9.6.24", "10.1")) {
            assertThatCode(() -> script.check(summary(version))).doesNotThrowAnyException();
        }
    }

    private static DumpSummary summary(String version) {
        return new DumpSummary(version, version, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
    }

    private static String script(ServerInfo target, String dump) throws IOException {
        ByteArrayOutputStream script = new ByteArrayOutputStream();
        new RestoreScript(target).write(Dumps.stream(dump), script);
        return script.toString(StandardCharsets.UTF_8);
    }

    private static long omissions(ServerInfo target, String dump) throws IOException {
        return new RestoreScript(target).omissions(Dumps.stream(dump));
    }

    private static ServerInfo target(String server, String client, String user) {
        int number = Integer.parseInt(server.split("\\.")[0]) * 10000;
        return new ServerInfo(
                server,
                number,
                client,
                Optional.empty(),
                true,
                "UTF8",
                0,
                new TreeSet<>(List.of(user, "reader")),
                new TreeSet<>(List.of(user)));
    }
}
