package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.StepFailure;
import dolmen.stack.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFailureTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_dump: error: connection to server at \"db\" (10.0.0.2), port 5432 failed: Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?",
                "pg_dump: error: connection to server on socket \"/run/x\" failed: No such file or directory\n\tIs the server running locally?",
                "psql: could not connect to server: Connection refused",
                "psql: error: FATAL:  the database system is starting up",
                "psql: error: connection to server failed: FATAL:  the database system is shutting down",
                "pg_dump: error: connection to server failed: FATAL:  sorry, too many clients already",
                "psql: error: FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute",
                "psql: error: connection to server at \"db\" failed: timeout expired",
                "pg_dump: error: Dumping the contents of table \"x\" failed: PQgetCopyData() failed.\npg_dump: detail: Error message from server: server closed the connection unexpectedly",
                "psql:/tmp/x.sql:3: FATAL:  57P01: terminating connection due to administrator command",
                "ERROR:  53300: too many connections for role \"druid\""
            })
    void what_may_pass_is_unavailable(String stderr) {
        assertThat(ClientFailure.of("cannot dump", new Outcome(1, stderr))).isInstanceOf(StepFailure.Unavailable.class);
    }

    @ParameterizedTest
    @Tag("MD-08")
    @ValueSource(
            strings = {
                "pg_dump: error: connection to server failed: FATAL:  password authentication failed for user \"druid\"",
                "pg_dump: error: connection to server failed: fe_sendauth: no password supplied",
                "psql: error: FATAL:  role \"root\" does not exist",
                "psql: error: FATAL:  database \"druid\" does not exist",
                "pg_dump: error: server version: 16.1; pg_dump version: 15.4\npg_dump: error: aborting because of server version mismatch",
                "pg_dump: error: query failed: ERROR:  permission denied for table druid_rules",
                "psql:/tmp/x.sql:7: ERROR:  53100: could not extend file \"base/1/2\": No space left on device",
                "psql: error: /tmp/x.sql: No such file or directory",
                ""
            })
    void what_does_not_pass_is_failed_with_a_hint(String stderr) {
        StepFailure failure = ClientFailure.of("cannot dump", new Outcome(1, stderr));

        assertThat(failure).isInstanceOf(StepFailure.Failed.class).hasMessageStartingWith("cannot dump: ");
        assertThat(failure.hint()).isNotBlank().endsWith(".");
    }

    @Test
    void a_missing_program_is_named() {
        StepFailure failure = ClientFailure.of("cannot dump", new Outcome(127, "sh: 1: exec: pg_dump: not found"));

        assertThat(failure).hasMessage("cannot dump: the program was not found or cannot be run");
        assertThat(failure.hint()).contains("pg_dump");
    }

    @Test
    void values_are_cut_from_the_message() {
        String stderr = "psql:/tmp/x.sql:9: ERROR:  22P02: invalid input syntax for type bigint: \"secret\"\n"
                + "CONTEXT:  COPY druid_audit, line 4, column id: \"secret\"\nLOCATION:  x\n";

        assertThat(ClientFailure.of("cannot load", new Outcome(3, stderr)))
                .hasMessage(
                        "cannot load: invalid input syntax for type bigint (line 9, COPY druid_audit, line 4, column id)");
        stderr = "psql:/tmp/x.sql:9: ERROR:  23505: duplicate key value violates unique constraint \"x_pkey\"\n"
                + "DETAIL:  Key (id)=(secret) already exists.\nCONTEXT:  COPY x, line 1\n";
        assertThat(ClientFailure.of("cannot load", new Outcome(3, stderr)))
                .hasMessage(
                        "cannot load: duplicate key value violates unique constraint \"x_pkey\" (line 9, COPY x, line 1)");
    }

    @Test
    void a_long_statement_is_cut() {
        String stderr =
                "psql:/x:1: ERROR:  42601: syntax error\npsql:/x:1: STATEMENT:  CREATE " + "x".repeat(5000) + ";\n";

        assertThat(ClientFailure.of("cannot load", new Outcome(3, stderr)).getMessage())
                .hasSizeLessThan(300)
                .endsWith("...')");
    }

    @Test
    void the_code_of_an_error_is_known() {
        assertThat(ClientFailure.code(new Outcome(1, "ERROR:  55006: database \"x\" is being accessed by other users")))
                .isEqualTo("55006");
        assertThat(ClientFailure.code(new Outcome(0, ""))).isEmpty();
        assertThat(ClientFailure.code(new Outcome(0, "WARNING:  01000: something")))
                .isEmpty();
    }
}
