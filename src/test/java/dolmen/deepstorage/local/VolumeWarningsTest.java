package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Tool;
import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.MadeArchive;
import dolmen.deepstorage.SegmentFiles;
import dolmen.model.Transport;
import dolmen.stack.Mount;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of an archive that is made all the same. */
class VolumeWarningsTest {
    /** Gives a path the list that {@code setfacl -m u:1000:rwx} makes, which a small Debian has not: setxattr(2) by its number. */
    private static final String POSIX_ACL = "perl -e '$n = `uname -m` =~ /^x86_64/ ? 188 : 5;"
            + " $list = pack(\"V(vvV)5\", 2, 1, 7, -1, 2, 7, 1000, 4, 5, -1, 16, 7, -1, 32, 5, -1);"
            + " $key = \"system.posix_acl_access\"; $path = shift;"
            + " syscall($n, $path, $key, $list, length($list), 0) == 0 or die $!'";

    @TempDir
    Path folder;

    private ArchivedStack stack;

    @BeforeEach
    void a_stack() throws Exception {
        stack = new ArchivedStack(folder);
    }

    @ParameterizedTest
    @Tag("DK-13")
    @EnumSource(Transport.class)
    void an_empty_folder_is_packed_with_a_warning(Transport transport) throws Exception {
        Tool.ok(stack.shared, "rm -r *");

        MadeArchive result = stack.archive(stack.volume(transport));

        assertThat(result.archive().files()).isZero();
        assertThat(result.warnings()).singleElement().asString().contains("/opt/shared of historical holds no file");
        Tool.ok(stack.staging, "tar -tf druid_shared.tar");
    }

    @ParameterizedTest
    @Tag("SG-10")
    @EnumSource(Transport.class)
    void a_link_out_of_the_folder_is_reported(Transport transport) throws Exception {
        Tool.ok(stack.shared, "mv segments ../elsewhere; ln -s ../elsewhere segments");

        MadeArchive result = stack.archive(stack.volume(transport));

        assertThat(result.warnings()).singleElement().asString().contains("opt/shared/segments");
        assertThat(CoverageCheck.check(
                                Fixture.dump("script-backup"),
                                Fixture.PATHS,
                                SegmentFiles.ofIndex(stack.staging.resolve("segments.jsonl.gz")),
                                "opt/shared")
                        .coverage()
                        .held())
                .isZero();
    }

    @Test
    @Tag("DK-04")
    void a_folder_that_a_new_container_does_not_have_is_archived_with_a_warning() {
        LocalDeepStorage volume = stack.volume(Transport.MOUNT);
        stack.historical.service.mounts = List.of(new Mount("/opt/shared", stack.shared, Optional.of("0f".repeat(32))));

        assertThat(stack.archive(volume).warnings()).singleElement().asString().contains("an anonymous volume");
        stack.historical.service.mounts = List.of();
        assertThat(stack.archive(volume).warnings()).singleElement().asString().contains("no volume");
    }

    @Test
    @Tag("T33")
    void access_control_lists_and_attributes_that_an_archive_does_not_keep_are_said() throws Exception {
        assertThat(stack.archive(stack.volume(Transport.MOUNT)).warnings()).isEmpty();
        Path other = Files.createDirectories(stack.shared.resolve("a \"datasource\""));
        Files.setAttribute(other, "user:owner", ByteBuffer.wrap(new byte[] {1}));
        Tool.ok(stack.shared, POSIX_ACL + " segments");

        String said =
                "2 of the \\d+ upper paths of \\S+ have access control lists or extended attributes, the first is \"\\S+ "
                        + ".*: no backup keeps them, set them anew after a restore";
        assertThat(stack.archive(stack.volume(Transport.MOUNT)).warnings())
                .singleElement()
                .asString()
                .matches(said);
        assertThat(stack.volume(Transport.MOUNT).check())
                .anySatisfy(remark -> assertThat(remark.text()).matches(said));
    }

    @Test
    @Tag("SG-04")
    void warnings_of_a_sidecar_tar_are_kept() {
        LocalDeepStorage volume = stack.volume(Transport.SIDECAR);
        // the version is asked of tar too: only the packing may warn
        stack.historical.preamble = "tar() { command tar \"$@\" || return; case \"$*\" in *--version*) return 0;; esac;"
                + " echo 'tar: x: file changed as we read it' >&2; return 1; }\n";

        MadeArchive result = stack.archive(volume);

        assertThat(result.warnings()).contains("tar: x: file changed as we read it");
    }
}
