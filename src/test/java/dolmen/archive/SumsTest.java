package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dolmen.model.Checksum;
import dolmen.model.StepFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SumsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws Exception {
        Files.writeString(folder.resolve("one"), "1");
        Files.writeString(folder.resolve("two"), "2");
        Sums.write(folder, Map.of("two", Digests.of(folder.resolve("two")), "one", Digests.of(folder.resolve("one"))));
    }

    @Test
    void coreutils_verify_what_was_written() throws Exception {
        assertThat(Tool.ok(folder, "sha256sum -c SHA256SUMS")).isEqualTo("one: OK\ntwo: OK\n");
        assertThat(MemberAttributes.of(folder.resolve("SHA256SUMS")).mode()).isEqualTo(0600);
    }

    @Test
    void what_coreutils_wrote_verifies() throws Exception {
        Tool.ok(folder, "sha256sum -b one two > SHA256SUMS");

        Sums.verify(folder);

        assertThat(Sums.read(folder)).containsOnlyKeys("one", "two");
    }

    @Test
    void every_wrong_and_missing_file_is_named() throws Exception {
        Files.writeString(folder.resolve("one"), "changed");
        Files.delete(folder.resolve("two"));

        assertThatThrownBy(() -> Sums.verify(folder))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("one differs")
                .hasMessageContaining("two is missing");
    }

    @Test
    void damaged_and_hostile_lists_are_refused() throws Exception {
        String sum = Digests.of(folder.resolve("one")).sha256();
        for (String list : new String[] {"", "garbage\n", sum + "  ../one\n", sum + "  one\n" + sum + "  one\n", sum}) {
            Files.writeString(folder.resolve("SHA256SUMS"), list);
            assertThatThrownBy(() -> Sums.verify(folder)).as(list).isInstanceOf(StepFailure.Damaged.class);
        }
        Files.write(folder.resolve("SHA256SUMS"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> Sums.verify(folder)).isInstanceOf(StepFailure.Damaged.class);
    }

    @Test
    void a_name_that_is_a_path_is_never_written() {
        Checksum sum = Digests.of(folder.resolve("one"));

        assertThatThrownBy(() -> Sums.write(folder, Map.of("a/b", sum))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sums.write(folder, Map.of("a\nb", sum))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_list_that_is_no_small_file_is_refused_and_nothing_waits_for_it() throws Exception {
        for (String make : List.of("mkfifo SHA256SUMS", "ln -s /dev/zero SHA256SUMS", "truncate -s 20G SHA256SUMS")) {
            Tool.ok(folder, "rm -f SHA256SUMS; " + make);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(() -> Sums.read(folder)).as(make).isInstanceOf(StepFailure.Damaged.class));
        }
    }
}
