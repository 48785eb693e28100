package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.Application;
import dolmen.archive.Tool;
import dolmen.bench.GeneratedStack;
import dolmen.model.ExitCode;
import dolmen.model.Kind;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.RunRequest;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of Dolmen, each backup copied to another folder. */
class CopyTest {
    @TempDir
    Path home;

    private GeneratedStack generated;
    private Path mount;

    @BeforeEach
    void a_stack_and_a_folder_for_copies() throws Exception {
        generated = new GeneratedStack(home);
        generated.grow(20);
        mount = home.resolve("mnt/dolmen");
    }

    @AfterEach
    void ends() {
        generated.close();
    }

    @Test
    void a_copy_opened_as_a_catalog_verifies_whole_an_incremental_backup_with_its_archive_too() throws Exception {
        Files.createDirectories(mount);
        try (Application plain = application(Map.of())) {
            plain.start();
            succeeded(plain.run(backup(Kind.FULL)));
        }
        try (Application copying = application(Map.of("dolmen.copy.to", "file:" + mount))) {
            copying.start();
            generated.grow(30);
            Report incremental = succeeded(copying.run(backup(Kind.INCREMENTAL)));
            assertThat(incremental.details())
                    .anyMatch(line -> line.startsWith("incremental: 10 files"))
                    .anyMatch(line -> line.matches("copied \\S+ to file:" + mount + ": 7 files.*"));
        }
        assertThat(Tool.ok(mount, "ls *")).contains("druid_shared.tar\npruned.json");
        Tool.ok(home, "mv catalog gone");

        try (Application elsewhere = application(Map.of("dolmen.catalog.path", mount.toString()))) {
            elsewhere.start();
            succeeded(elsewhere.run(RunRequest.of(Operation.VERIFY, Origin.COMMAND)));
            Tool.ok(mount, "truncate -s 2000 $(ls */pruned.json | cut -d/ -f1)/druid_shared.tar");
            assertThat(elsewhere
                            .run(RunRequest.of(Operation.VERIFY, Origin.COMMAND))
                            .outcome())
                    .isEqualTo(ExitCode.FAILED);
        }
    }

    @Test
    void a_backup_that_cannot_be_copied_is_published_here_and_is_copied_later() throws Exception {
        try (Application dolmen = application(Map.of("dolmen.copy.to", "file:" + mount))) {
            dolmen.start();
            Report failed = dolmen.run(backup(Kind.FULL));

            assertThat(failed.outcome()).isEqualTo(ExitCode.FAILED);
            assertThat(failed.failedStep()).contains("copy-backup");
            assertThat(failed.summary()).contains("is published here, but not copied: there is no folder " + mount);
            assertThat(failed.hint().orElseThrow()).contains("Mount", "`dolmen copy 2");
            assertThat(mount).doesNotExist();
            assertThat(Tool.ok(home, "ls catalog/*/manifest.json")).isNotEmpty();

            Files.createDirectories(mount);
            succeeded(dolmen.run(RunRequest.of(Operation.COPY, Origin.COMMAND)));
            assertThat(Tool.ok(home, "diff -r catalog mnt/dolmen")).isEmpty();
        }
    }

    @Test
    @Tag("T33")
    void t33_backups_that_could_not_be_copied_are_made_up_by_the_next_one() throws Exception {
        try (Application dolmen = application(Map.of("dolmen.copy.to", "file:" + mount))) {
            dolmen.start();
            failed(dolmen.run(backup(Kind.FULL)));
            failed(dolmen.run(backup(Kind.FULL)));

            Files.createDirectories(mount);
            Report third = succeeded(dolmen.run(backup(Kind.FULL)));

            assertThat(Tool.ok(home, "ls catalog").lines()).hasSize(3);
            assertThat(Tool.ok(home, "diff -r catalog mnt/dolmen")).isEmpty();
            assertThat(third.details().stream().filter(line -> line.startsWith("copied")))
                    .hasSize(3);
        }
    }

    @Test
    @Tag("T33")
    void t33_backups_that_could_not_be_copied_are_made_up_by_the_command_for_copies() throws Exception {
        try (Application dolmen = application(Map.of("dolmen.copy.to", "file:" + mount))) {
            dolmen.start();
            failed(dolmen.run(backup(Kind.FULL)));
            failed(dolmen.run(backup(Kind.FULL)));

            Files.createDirectories(mount);
            succeeded(dolmen.run(RunRequest.of(Operation.COPY, Origin.COMMAND)));

            assertThat(Tool.ok(home, "diff -r catalog mnt/dolmen")).isEmpty();
        }
    }

    private static void failed(Report report) {
        assertThat(report.outcome()).isEqualTo(ExitCode.FAILED);
        assertThat(report.failedStep()).contains("copy-backup");
    }

    private static RunRequest backup(Kind kind) {
        return Requests.backup(kind);
    }

    private static Report succeeded(Report report) {
        assertThat(report.outcome()).as(report.summary()).isEqualTo(ExitCode.OK);
        return report;
    }

    private Application application(Map<String, String> more) {
        Properties properties = new Properties();
        properties.putAll(generated.stack.properties());
        properties.setProperty("dolmen.druid.url", generated.druidUrl());
        properties.putAll(more);
        return new Application(Settings.from(new SettingsSource(properties, Map.of(), new Properties())), Map.of());
    }
}
