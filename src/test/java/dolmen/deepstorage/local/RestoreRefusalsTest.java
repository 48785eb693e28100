package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.deepstorage.Staged;
import dolmen.model.StepFailure;
import dolmen.model.Transport;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Archives and stacks to which nothing is restored, and mounts that are not what they seem. */
class RestoreRefusalsTest {
    @TempDir
    Path folder;

    private OtherContent stack;

    @BeforeEach
    void a_stack_with_other_content() throws Exception {
        stack = new OtherContent(folder);
    }

    @ParameterizedTest
    @Tag("SG-11")
    @EnumSource(Transport.class)
    void a_damaged_or_hostile_or_foreign_archive_changes_nothing(Transport transport) throws Exception {
        SegmentPlacement restore = stack.restore(transport);
        String before = Tool.ok(stack.shared, "find . | LC_ALL=C sort");
        for (String spoil : List.of(
                "truncate -s 51200 druid_shared.tar",
                "mkdir -p h/opt/shared/segments; ln -s /etc h/opt/shared/segments/l; tar -C h -cf druid_shared.tar opt",
                "mkdir -p m/metabase-data; echo 1 > m/metabase-data/x; tar -C m -cf druid_shared.tar metabase-data")) {
            Tool.ok(folder, spoil);
            assertThatThrownBy(() -> stack.stage(restore)).as(spoil).isInstanceOf(StepFailure.class);
            assertThat(Tool.ok(stack.shared, "find . | LC_ALL=C sort")).isEqualTo(before);
        }
    }

    @Test
    @Needs(Need.MOUNT)
    void an_archive_that_does_not_fit_is_refused() throws Exception {
        Tool.ok(folder, "mount -t tmpfs -o size=200k none root/opt/shared");
        try {
            assertThatThrownBy(() -> stack.stage(stack.restore(Transport.MOUNT)))
                    .isInstanceOf(StepFailure.Refused.class)
                    .hasMessageContaining("bytes that are allowed");
            assertThat(stack.shared).isEmptyDirectory();
        } finally {
            Tool.ok(folder, "umount root/opt/shared");
        }
    }

    @Test
    void a_volume_of_another_engine_with_the_same_name_is_never_written() throws Exception {
        SegmentPlacement restore = stack.restore(Transport.MOUNT);
        stack.historical.remote = true;
        stack.historical.seesStaging = true;

        Staged staged = stack.stage(restore);

        assertThat(staged.way()).isEqualTo("sidecar");
        assertThat(Tool.ok(stack.shared, "ls -A | grep -c probe || true").trim())
                .isEqualTo("0");
    }

    @Test
    void a_probe_that_a_killed_process_left_is_removed_later() throws Exception {
        SegmentPlacement restore = stack.restore(Transport.MOUNT);
        stack.historical.remote = true;
        stack.historical.seesStaging = true;
        Tool.ok(stack.shared, "touch -d '1 hour ago' .dolmen-probe-forgotten; touch .dolmen-probe-of-another");

        stack.stage(restore);

        assertThat(Tool.ok(stack.shared, "ls -A | grep probe").lines()).containsExactly(".dolmen-probe-of-another");
    }

    @Test
    void a_mount_inside_the_shared_folder_is_refused() {
        SegmentPlacement restore = stack.restore(Transport.MOUNT);
        stack.historical.service.mounts = List.of(
                new Mount("/opt/shared", stack.shared, Optional.empty()),
                new Mount("/opt/shared/segments", stack.shared.resolve("segments"), Optional.empty()));

        assertThatThrownBy(() -> stack.stage(restore))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("/opt/shared/segments");
    }
}
