package dolmen.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Catalog;
import dolmen.model.Label;
import dolmen.stories.ContainerSandbox;
import dolmen.stories.DolmenCommand;
import dolmen.stories.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    private static final String CONTENTS = "SELECT md5(string_agg(id || used, ',' ORDER BY id))"
            + Stream.of(TABLES)
                    .map(table -> " || ' ' || (SELECT count(*) FROM " + table + ")")
                    .collect(Collectors.joining())
            + " FROM druid_segments";
    private static final String DATABASES = "SELECT string_agg(datname, ',' ORDER BY datname) FROM pg_database";

    static Inventory of(DolmenCommand dolmen) {
        String shared = Spoiled.shared();
        List<String> database = ContainerSandbox.sql(CONTENTS, DATABASES);
        return new Inventory(
                database.get(0),
                Shell.run(
                        "sh",
                        "-c",
                        "cd " + shared + " && find segments -type f -exec sha256sum {} + | sort | sha256sum"),
                database.get(1),
                Shell.run("ls", "-A", shared),
                ContainerSandbox.containers(),
                new Catalog(dolmen.home().resolve("backup")).labels(),
                own(dolmen.home()));
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
        System.out.println("rows before: " + before.rows + "\nrows after:  " + rows + "\nfiles before: " + before.files
                + "files after:  " + files);
        long more = backups.size() - before.backups.size();
        return "all as before" + (more == 0 ? "" : ", and " + more + " new backup");
    }

    /** What a verified restore leaves: the data of the backup, and what it replaced beside it. */
    String withCopyOf(Inventory before) {
        assertThat(List.of(rows, files, running, own))
                .isEqualTo(List.of(before.rows, before.files, before.running, before.own));
        assertThat(databases).contains("druid_dolmen_old_");
        assertThat(folders).contains(".dolmen-old-");
        return "the restored stack, and what it replaced as a safety copy";
    }

    private Inventory withBackups(List<Label> others) {
        return new Inventory(rows, files, databases, folders, running, others, own);
    }
}
