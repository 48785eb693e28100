package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarExtractorTest {
    private static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup/druid_shared.tar");
    private static final Unpacking ALL = new Unpacking("opt/shared", Long.MAX_VALUE);

    @TempDir
    Path folder;

    @Test
    void the_scripts_tar_unpacks_as_gnu_tar_unpacks_it() throws Exception {
        Path target = folder.resolve("target");

        Unpacked unpacked = TarExtractor.extract(TarFile.of(SCRIPT), target, ALL);

        Tool.ok(folder, "mkdir gnu && tar -C gnu -xpf " + SCRIPT.toAbsolutePath() + " --numeric-owner");
        String listing = "find . -printf '%U:%G %m %T@ %y %s %P\\n' | grep -v ' d ' | LC_ALL=C sort";
        String folders = "find . -type d -printf '%U:%G %m %T@ %P\\n' | LC_ALL=C sort";
        Path gnu = folder.resolve("gnu/opt/shared");
        assertThat(Tool.ok(target, listing)).isEqualTo(Tool.ok(gnu, listing));
        assertThat(Tool.ok(target, folders)).isEqualTo(Tool.ok(gnu, folders));
        Tool.ok(folder, "diff -r target gnu/opt/shared");
        assertThat(unpacked.files()).isEqualTo(54);
        assertThat(unpacked.warnings()).isEqualTo(Tool.root() ? List.of() : unpacked.warnings());
    }

    @Test
    @Tag("SG-12")
    @Needs(Need.ROOT)
    void owners_modes_and_times_survive_a_round_trip_with_the_root_folder_s() throws Exception {
        Tool.ok(folder, """
                mkdir -p source/a/b; echo 1 > source/a/b/f; ln -s a/b/f source/l; ln source/a/b/f source/hard
                chmod 0640 source/a/b/f; chmod 0700 source/a/b; chmod 0750 source; chmod 2555 source/a
                touch -d 1999-01-01T00:00:00.5Z source/a/b/f; touch -d 1999-01-02 source/a/b source/a
                chown -hR 1000:1000 source; chown 65534:7 source/a/b; touch -h -d 1999-01-03 source/l
                tar --format=posix -cf x.tar source
                """);

        TarExtractor.extract(TarFile.of(folder.resolve("x.tar")), folder.resolve("out"), new Unpacking("source", 100));

        String listing = "find . -printf '%U:%G %m %T@ %y %l %P\\n' | LC_ALL=C sort";
        assertThat(Tool.ok(folder.resolve("out"), listing)).isEqualTo(Tool.ok(folder.resolve("source"), listing));
    }

    @Test
    @Needs(Need.MOUNT)
    void a_full_disk_is_named() throws Exception {
        Tool.ok(folder, "mkdir disk; mount -t tmpfs -o size=100k none disk");
        try {
            assertThatThrownBy(() -> TarExtractor.extract(TarFile.of(SCRIPT), folder.resolve("disk/target"), ALL))
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining("no space left");
        } finally {
            Tool.ok(folder, "umount disk");
        }
    }

    @Test
    void a_renamed_tar_reads_in_gnu_tar_under_its_new_names_only() throws Exception {
        Tool.ok(
                folder,
                "mkdir -p shared/a; echo 1 > shared/a/f; ln shared/a/f shared/a/hard; echo 2 > shared/skip;"
                        + " head -c 100001 /dev/urandom > shared/big; tar --sort=name -cf api.tar shared");

        try (RenamedTar renamed = new RenamedTar(
                TarReader.open(folder.resolve("api.tar")),
                name -> name.endsWith("skip")
                        ? java.util.Optional.empty()
                        : java.util.Optional.of("opt/" + name + "x".repeat(name.endsWith("f") ? 120 : 0)))) {
            Files.copy(renamed, folder.resolve("renamed.tar"));
        }

        assertThat(Tool.ok(folder, "tar -tf renamed.tar").lines())
                .containsExactly(
                        "opt/shared/",
                        "opt/shared/a/",
                        "opt/shared/a/f" + "x".repeat(120),
                        "opt/shared/a/hard",
                        "opt/shared/big");
        Tool.ok(
                folder,
                "mkdir r; tar -C r -xf renamed.tar; cmp r/opt/shared/big shared/big; cmp r/opt/shared/a/hard shared/a/f");
    }
}
