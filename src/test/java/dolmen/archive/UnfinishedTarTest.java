package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void an_unreadable_file_is_a_failure_that_names_it_and_leaves_nothing() {
        // a file that even root may only write
        PackedFolder unreadable = new PackedFolder(Path.of("/proc/sys/net/ipv4/route"), packed.tar);
        assumeTrue(Files.exists(unreadable.source.resolve("flush")));

        assertThatThrownBy(unreadable::write)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("/proc/sys/net/ipv4/route/flush");
        assertThat(folder.resolve("druid_shared.tar")).doesNotExist();
        assertThat(folder.resolve("druid_shared.tar.part")).doesNotExist();
    }

    @Test
    @Tag("SG-05")
    void a_full_disk_is_named_and_the_good_tar_before_it_stays() throws Exception {
        assumeTrue(Tool.root(), "mounting a small disk needs root");
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
