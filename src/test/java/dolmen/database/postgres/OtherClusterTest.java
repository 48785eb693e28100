package dolmen.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.DumpSummary;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherClusterTest {
    @TempDir
    private Path folder;

    @Test
    @Tag("MD-24")
    void names_with_accents_reach_a_cluster_without_an_encoding() throws Exception {
        PostgresFixture source = PostgresFixture.shared();
        source.fill("accents", Dumps.SCRIPT);
        source.execute("accents", "UPDATE druid_segments SET datasource = 'métriques' WHERE datasource = 'wiki'");
        Path file = folder.resolve("dump.sql");
        DumpSummary dump =
                Stores.druid(source.local(), source.settings("accents")).dump(file, warning -> {}, Meter.NONE);
        PostgresFixture ascii = PostgresFixture.start("-E", "SQL_ASCII", "--locale=C");
        try {
            ascii.fill("druid", Dumps.SCRIPT);
            PostgresDatabase target = Stores.druid(ascii.local(), ascii.settings("druid"));
            assertThat(target.server().encoding()).isEqualTo("SQL_ASCII");
            String side = target.names().fresh(new RunMark("r1"));

            target.createSide(side);
            target.loadSide(side, file, dump, Meter.NONE);
            target.swap(side, target.names().old(new RunMark("r1")));

            assertThat(target.server().encoding()).isEqualTo("UTF8");
            assertThat(target.rows("druid")).isEqualTo(dump.rows());
            assertThat(ascii.query(
                            "druid",
                            "SELECT encode(convert_to(datasource, 'UTF8'), 'hex') FROM druid_segments"
                                    + " WHERE datasource LIKE 'm%' LIMIT 1"))
                    .isEqualTo("6dc3a974726971756573");
            assertThat(target.dump(folder.resolve("again.sql"), warning -> {}, Meter.NONE)
                            .datasources())
                    .isEqualTo(dump.datasources());
        } finally {
            ascii.stop();
        }
    }
}
