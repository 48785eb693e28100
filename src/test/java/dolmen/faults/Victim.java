package dolmen.faults;

import static dolmen.stories.ContainerSandbox.sql;
import static org.assertj.core.api.Assertions.assertThat;

import dolmen.faults.FaultBench.Fault;
import dolmen.stories.Shell;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A datasource of one segment that is there only to be deleted by a real kill task. */
final class Victim {
    private static final String COORDINATOR = "http://127.0.0.1:18081/druid/";

    /** The segment is marked as unused and killed; Druid has done so when this returns. */
    static final Fault KILLED = () -> {
        kill();
        return () -> {};
    };

    private Victim() {}

    /** Adds it to the metadata, and its files to deep storage. */
    static void add() {
        Shell.run(
                "sh",
                "-c",
                "cd " + Spoiled.shared() + "/segments && mkdir victim && cp -a clicks/2024-03-01T* victim/");
        sql(
                "INSERT INTO druid_segments (id, datasource, created_date, start, \"end\", partitioned, version, used, payload)"
                        + " SELECT replace(id, 'clicks', 'victim'), 'victim', created_date, start, \"end\", partitioned, version,"
                        + " used, convert_to(replace(convert_from(payload, 'UTF8'), 'clicks', 'victim'), 'UTF8')"
                        + " FROM druid_segments WHERE datasource = 'clicks' AND used AND start LIKE '2024-03-01T%'");
        assertThat(rows()).isNotEqualTo("0");
    }

    private static String rows() {
        return sql("SELECT count(*) FROM druid_segments WHERE datasource = 'victim'");
    }

    private static void kill() {
        sql("UPDATE druid_segments SET used = false WHERE datasource = 'victim'");
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> {
            curl("-X", "DELETE", COORDINATOR + "coordinator/v1/datasources/victim/intervals/1000-01-01_3000-01-01");
            return rows().equals("0");
        });
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        curl(COORDINATOR + "indexer/v1/tasks?type=kill").split("\"status\":\"RUNNING\"").length == 1);
        Shell.run("rm", "-rf", Spoiled.shared() + "/segments/victim");
    }

    private static String curl(String... arguments) {
        String[] line = new String[arguments.length + 4];
        System.arraycopy(new String[] {"curl", "-sS", "-m", "20"}, 0, line, 0, 4);
        System.arraycopy(arguments, 0, line, 4, arguments.length);
        return Shell.run(line);
    }
}
