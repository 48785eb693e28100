package dolmen.faults;

import static dolmen.stories.ContainerSandbox.sql;

import dolmen.catalog.Catalog;
import dolmen.model.Label;
import dolmen.stories.DolmenCommand;
import dolmen.stories.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a fault must leave alone: the rows of the metadata, every file of deep storage by its hash, the databases and
 * folders (nothing of Dolmen's own among them), which containers run, and the published backups.
 */
record Inventory(
        String rows, String files, String databases, String folders, String running, List<Label> backups, String own) {
    private static final String[] TABLES = {
        "druid_segments",
        "druid_rules",
        "druid_config",
        "druid_datasource",
        "druid_supervisors",
        "druid_pendingsegments"
    };

    static Inventory of(DolmenCommand dolmen) {
        String shared = Shell.run("docker", "volume", "inspect", "-f", "{{.Mountpoint}}", "dolmen-sandbox_druid_shared")
                .strip();
        return new Inventory(
                contents(),
                Shell.run(
                        "sh",
                        "-c",
                        "cd " + shared + " && find segments -type f -exec sha256sum {} + | sort | sha256sum"),
                sql("SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database"),
                Shell.run("ls", "-A", shared),
                Shell.run("sh", "-c", "docker ps --format '{{.Names}} {{.ID}}' | sort"),
                new Catalog(dolmen.home().resolve("backup")).labels(),
                own(dolmen.home()));
    }

    private static String contents() {
        StringBuilder query = new StringBuilder("SELECT md5(string_agg(id || used, ',' ORDER BY id))");
        for (String table : TABLES) {
            query.append(" || ' ' || (SELECT count(*) FROM ").append(table).append(')');
        }
        return sql(query.append(" FROM druid_segments").toString());
    }

    /** Unfinished backups and stopped services of Dolmen's own folders. */
    private static String own(Path home) {
        return Shell.tryRun(
                                Map.of(),
                                "ls",
                                "-A",
                                home.resolve("backup/.staging").toString())
                        .stdout()
                + Shell.tryRun(
                                Map.of(),
                                "cat",
                                home.resolve("state/stopped-services.json").toString())
                        .stdout()
                        .replace("[]", "")
                        .replace("[ ]", "")
                        .strip();
    }

    /** The difference to what was there before, in words; an {@link AssertionError} when anything else changed. */
    String since(Inventory before) {
        if (!withBackups(before.backups).equals(before)) {
            throw new AssertionError("before: " + before + "\nafter:  " + this);
        }
        long more = backups.size() - before.backups.size();
        return "all as before" + (more == 0 ? "" : ", and " + more + " new backup");
    }

    private Inventory withBackups(List<Label> others) {
        return new Inventory(rows, files, databases, folders, running, others, own);
    }
}
