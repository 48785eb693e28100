package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tar on its way, and what stays of one that failed. */
class UnfinishedTarTest {
    @TempDir
    Path folder;

    private PackedFolder packed;

    @BeforeEach
    void a_folder() throws IOException {
        packed = new PackedFolder(folder);
    }

    @Test
    @Tag("SE-03")
    void the_unfinished_tar_is_private_from_the_first_byte() throws Exception {
        Files.writeString(packed.source.resolve("f"), "1");

        List<Integer> modes = new ArrayList<>();
        packed.write(member -> modes.add(mode(folder.resolve("druid_shared.tar.part"))));

        assertThat(modes).containsExactly(0600);
        assertThat(mode(packed.tar)).isEqualTo(0600);
    }

    private static int mode(Path path) {
        try {
            return MemberAttributes.of(path).mode();
        } catch (IOException absent) {
            throw new AssertionError(absent);
        }
    }

    @Test
    @Tag("SG-05")
    void an_unreadable_file_is_a_failure_that_names_it_and_leaves_nothing() throws Exception {
        Files.setPosixFilePermissions(Files.createFile(packed.source.resolve("flush")), Set.of());
        // Root reads every file, but for this one of the kernel's that can only be written.
        Path source = Tool.root() ? Path.of("/proc/sys/net/ipv4/route") : packed.source;
        PackedFolder unreadable = new PackedFolder(source, packed.tar);

        assertThatThrownBy(unreadable::write)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining(source.resolve("flush").toString());
        assertThat(folder.resolve("druid_shared.tar")).doesNotExist();
        assertThat(folder.resolve("druid_shared.tar.part")).doesNotExist();
    }

    @Test
    @Tag("SG-05")
    @Needs(Need.MOUNT)
    void a_full_disk_is_named_and_the_good_tar_before_it_stays() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Tool.ok(folder, "head -c 20000000 /dev/urandom > source/big; mount -t tmpfs -o size=5m none disk");
        try {
            Files.writeString(disk.resolve("druid_shared.tar"), "the good one");
            PackedFolder onDisk = new PackedFolder(packed.source, disk.resolve("druid_shared.tar"));

            assertThatThrownBy(onDisk::write)
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining("no space left")
                    .extracting(failure -> ((StepFailure) failure).mayPass())
                    .isEqualTo(false);
            assertThat(disk).isDirectoryContaining("glob:**/druid_shared.tar");
            assertThat(Files.readString(onDisk.tar)).isEqualTo("the good one");
            assertThat(disk.resolve("druid_shared.tar.part")).doesNotExist();
        } finally {
            Tool.ok(folder, "umount disk");
        }
    }
}
