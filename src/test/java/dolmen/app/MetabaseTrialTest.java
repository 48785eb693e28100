package dolmen.app;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Restoring;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.runs.RunJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database in which a killed plan tried the dump of Metabase's data goes as that of the metadata does. */
@Tag("T16")
class MetabaseTrialTest {
    private static final String DATABASE = "trial_metabase";

    /** Of this moment: an old one would be dropped by the next trial. */
    private static final String TRIAL = DATABASE + "_dolmen_try_"
            + Long.toString(Instant.now().getEpochSecond(), Character.MAX_RADIX) + "-0a1b2c3d";

    @TempDir
    Path home;

    private PostgresFixture postgres;
    private ServedStack dolmen;

    @BeforeEach
    void a_backup_with_metabases_data_and_what_a_killed_plan_left() throws Exception {
        postgres = PostgresFixture.shared();
        postgres.execute("postgres", "CREATE DATABASE " + DATABASE + " OWNER druid");
        postgres.execute(
                DATABASE, "SET ROLE druid; CREATE TABLE core_user (id int); CREATE TABLE databasechangelog (id text)");
        dolmen = new ServedStack(
                home,
                Map.of(
                        "metabase.kind",
                        "postgres",
                        "metabase.database",
                        DATABASE,
                        "metabase.user",
                        "druid",
                        "metabase.password",
                        PostgresFixture.PASSWORD,
                        "metabase.host",
                        "127.0.0.1",
                        "metabase.port",
                        String.valueOf(postgres.port())));
        Report backup = dolmen.backup();
        assertThat(backup.succeeded()).as(backup.toString()).isTrue();
        postgres.execute("postgres", "CREATE DATABASE \"" + TRIAL + "\" OWNER druid");
    }

    @AfterEach
    void ends() {
        dolmen.close();
        postgres.query("postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + DATABASE + "%'")
                .lines()
                .forEach(name -> postgres.execute("postgres", "DROP DATABASE \"" + name + "\""));
    }

    private boolean isThere() {
        return !postgres.query("postgres", "SELECT datname FROM pg_database WHERE datname = '" + TRIAL + "'")
                .isBlank();
    }

    @Test
    void with_the_next_restore() {
        Report restored = dolmen.run(Restoring.newest().confirmed().request());

        assertThat(restored.succeeded()).as(restored.toString()).isTrue();
        assertThat(isThere()).isFalse();
    }

    @Test
    void with_what_a_killed_run_left() {
        RunJournal journal = new RunJournal(home.resolve("state"), Clock.systemUTC());
        journal.begin(Run.begin(RunRequest.of(Operation.BACKUP, Origin.COMMAND), Instant.now()));

        assertThat(dolmen.recover()).contains("dropped database " + TRIAL + ", in which a dump was tried");

        assertThat(isThere()).isFalse();
    }
}
