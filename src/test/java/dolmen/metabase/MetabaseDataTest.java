package dolmen.metabase;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.ApplicationDatabases;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.Artifact;
import dolmen.model.CountingMeter;
import dolmen.model.RunId;
import dolmen.model.RunMark;
import dolmen.model.Secret;
import dolmen.settings.MetabaseSettings;
import dolmen.stack.memory.MemoryHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetabaseDataTest {
    @TempDir
    Path folder;

    @Test
    void a_dump_of_metabases_database_is_counted_as_it_is_made_and_as_it_is_staged() throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        postgres.execute("postgres", "CREATE DATABASE counted_metabase OWNER druid");
        postgres.execute(
                "counted_metabase",
                "SET ROLE druid; CREATE TABLE core_user (id int, name text); CREATE TABLE databasechangelog (id text);"
                        + " INSERT INTO core_user SELECT n, md5(n::text) FROM generate_series(1, 5000) n");
        CountingMeter archived = new CountingMeter();

        data(postgres).archive(folder, new RunId("20261124-020001-000-backup"), archived);

        Path dump = folder.resolve(Artifact.METABASE_DUMP);
        assertThat(archived.expected()).isEqualTo(2 * Files.size(dump));
        assertThat(archived.done()).isEqualTo(2 * Files.size(dump));

        CountingMeter staged = new CountingMeter();
        data(postgres).database().stage(dump, new RunMark("20261124-020000"), staged);

        assertThat(staged.expected()).isEqualTo(3 * Files.size(dump));
        assertThat(staged.done()).isEqualTo(3 * Files.size(dump));
    }

    private MetabaseData data(PostgresFixture postgres) {
        MetabaseSettings settings = new MetabaseSettings(
                MetabaseSettings.Kind.POSTGRES,
                "postgres",
                Optional.empty(),
                "postgres",
                Optional.of("counted_metabase"),
                Optional.of("druid"),
                Optional.of(new Secret(PostgresFixture.PASSWORD)),
                Optional.of("127.0.0.1"),
                postgres.port(),
                Optional.empty(),
                Duration.ofMinutes(1));
        MemoryHost host = postgres.local();
        return new MetabaseData(new MetabaseStack(settings, host, null, folder), ApplicationDatabases.kinds());
    }
}
