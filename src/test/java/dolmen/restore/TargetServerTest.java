package dolmen.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.database.postgres.PostgresFixture;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.postgres.PostgresMetadata;
import dolmen.model.BackupContents;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands against a restore in PostgreSQL itself is in the plan, before anything is changed. */
class TargetServerTest {
    @TempDir
    Path home;

    @Test
    @Tag("MD-08")
    void a_dump_of_a_newer_major_version_is_refused_in_a_sentence_that_names_both() throws Exception {
        PlainStack stack = new PlainStack(home, PostgresFixture.shared()).filled();
        String dump = Files.readString(stack.backup().file("druid_metadata_dump.sql"));
        BackupContents newer = stack.backupOf(
                dump.replaceFirst("Dumped from database version [0-9.]+", "Dumped from database version 19.1"));

        assertThat(stack.plan(newer).refusals())
                .singleElement()
                .asString()
                .contains("PostgreSQL 19.1", stack.metadata.server().version());
    }

    @Test
    void a_role_that_may_not_create_databases_is_refused() throws Exception {
        PlainStack stack = new PlainStack(home, PostgresFixture.shared()).filled();
        BackupContents backup = stack.backup();
        stack.postgres.execute("postgres", "ALTER ROLE druid NOCREATEDB");
        try {
            assertThat(stack.plan(backup).refusals())
                    .singleElement()
                    .asString()
                    .contains("may not replace database " + stack.database, "CREATEDB");
        } finally {
            stack.postgres.execute("postgres", "ALTER ROLE druid CREATEDB");
        }
    }

    @Test
    void a_role_that_does_not_own_the_database_is_refused() throws Exception {
        PlainStack stack = new PlainStack(home, PostgresFixture.shared()).filled();
        BackupContents backup = stack.backup();
        stack.postgres.execute("postgres", "ALTER DATABASE " + stack.database + " OWNER TO postgres");

        assertThat(stack.plan(backup).refusals()).singleElement().asString().contains("it must own it");
    }

    @Test
    @Tag("MD-06")
    void owners_that_are_missing_here_are_named() throws Exception {
        PlainStack stack = new PlainStack(home, PostgresFixture.shared()).filled();
        String dump = Files.readString(stack.backup().file("druid_metadata_dump.sql"));

        assertThat(stack.plan(stack.backupOf(dump.replace("OWNER TO druid", "OWNER TO metauser")))
                        .lines())
                .anyMatch(line -> line.contains("roles that are not here") && line.endsWith(": metauser"));
    }

    @Test
    @Tag("MD-24")
    void a_cluster_without_an_encoding_is_told_and_is_no_obstacle() throws Exception {
        PostgresFixture ascii = PostgresFixture.start("-E", "SQL_ASCII", "--locale=C");
        try {
            PlainStack stack = new PlainStack(home, ascii).filled();

            var plan = stack.plan(stack.backup());

            assertThat(plan.refusals()).isEmpty();
            assertThat(plan.lines()).contains("  the database's encoding is SQL_ASCII now and UTF8 afterwards");
        } finally {
            ascii.stop();
        }
    }

    @Test
    void free_space_is_unknown_where_the_folder_may_not_be_asked_for() throws Exception {
        PlainStack stack = new PlainStack(home, PostgresFixture.shared()).filled();
        DruidMetadata superuser = new PostgresMetadata(
                stack.host, stack.postgres.settings(stack.database, "postgres", PostgresFixture.PASSWORD));

        assertThat(superuser.freeBytes().getAsLong()).isPositive();
        assertThat(stack.metadata.freeBytes()).isEmpty();
    }
}
