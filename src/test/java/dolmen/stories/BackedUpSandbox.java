package dolmen.stories;

import static dolmen.stories.ContainerSandbox.sql;
import static dolmen.stories.ContainerSandbox.state;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.ExitCode;
import dolmen.model.Json;
import dolmen.stories.DolmenCommand.Result;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The stack in containers as it was loaded, a backup of it, and what is live there. */
abstract class BackedUpSandbox {
    static final List<String> DRUID = List.of("coordinator", "historical", "middlemanager", "broker", "router");

    @TempDir
    static Path home;

    static ContainerSandbox stack;
    static DolmenCommand dolmen;

    @BeforeAll
    static void a_loaded_stack_and_its_backup() {
        stack = ContainerSandbox.shared();
        dolmen = new DolmenCommand(home.resolve("dolmen"));
        Result backup = dolmen.run("backup");
        assertThat(backup.status()).as(backup.output()).isEqualTo(ExitCode.OK.status());
        assertThat(stack.counts()).isEqualTo(stack.loaded());
        assertThat(state("metabase")).isEqualTo("running");
    }

    static void restored(DolmenCommand with, String... command) {
        Result restored = with.run(command);
        assertThat(restored.status()).as(restored.output()).isZero();
        assertThat(stack.counts()).isEqualTo(stack.loaded());
        DRUID.forEach(service -> assertThat(state(service)).isEqualTo("running"));
    }

    /** What is live of segments: rows and files. */
    static String heldBySegments() {
        return sql("SELECT md5(string_agg(id || used, ',' ORDER BY id)) FROM druid_segments")
                + Shell.run(
                        "docker",
                        "exec",
                        "historical",
                        "sh",
                        "-c",
                        "find /opt/shared/segments -type f | sort | md5sum");
    }

    /** Everything that a refused restore must leave alone. */
    static String fingerprint() {
        return heldBySegments()
                + ContainerSandbox.containers()
                + Shell.run("docker", "exec", "historical", "ls", "-A", "/opt/shared")
                + sql("SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database");
    }

    static String liveRows() {
        return sql("SELECT string_agg(name || '=' || rows, ', ' ORDER BY name) FROM (SELECT relname AS name,"
                + " (xpath('/row/c/text()', query_to_xml('SELECT count(*) AS c FROM ' || quote_ident(relname), false,"
                + " true, '')))[1]::text AS rows FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                + " 'public'::regnamespace AND relname NOT IN ('druid_audit', 'druid_tasks',"
                + " 'druid_tasklocks', 'druid_pendingsegments')) AS tables");
    }

    static String manifestRows() throws Exception {
        var tables = Json.MAPPER
                .readTree(dolmen.newestBackup().resolve("manifest.json").toFile())
                .get("tables");
        List<String> ofTheMoment = List.of("druid_audit", "druid_tasks", "druid_tasklocks", "druid_pendingsegments");
        return tables.properties().stream()
                .filter(table -> !ofTheMoment.contains(table.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(table -> table.getKey() + "=" + table.getValue())
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
    }
}
