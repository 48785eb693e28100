package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.deepstorage.Staged;
import dolmen.deepstorage.SwapState;
import dolmen.model.CountingMeter;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
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

/** The archive of the segments comes in by every transport, and what was there before goes and comes back. */
class LocalPlacementTest {
    @TempDir
    Path folder;

    private OtherContent stack;

    @BeforeEach
    void a_stack_with_other_content() throws Exception {
        stack = new OtherContent(folder);
    }

    @ParameterizedTest
    @Tag("SG-12")
    @Tag("SG-14")
    @EnumSource(Transport.class)
    void every_road_brings_the_archive_in_and_the_old_content_back(Transport transport) throws Exception {
        SegmentPlacement restore = stack.restore(transport);
        String before = Tool.ok(stack.shared, OtherContent.LISTING);
        String expected = Tool.ok(folder.resolve("expected/opt/shared"), OtherContent.LISTING);

        Staged staged = stack.stage(restore);

        assertThat(staged.way()).isEqualTo(transport.word());
        assertThat(staged.prefix()).isEqualTo("opt/shared");
        assertThat(staged.files()).isEqualTo(54);
        assertThat(Tool.ok(stack.shared, OtherContent.LISTING)).isEqualTo(before);
        assertThat(restore.state()).isEqualTo(SwapState.STAGED);

        restore.swapIn();

        assertThat(Tool.ok(stack.shared, OtherContent.LISTING)).isEqualTo(expected);
        Tool.ok(folder, "diff -r --exclude='.dolmen-*' expected/opt/shared root/opt/shared");
        assertThat(Tool.ok(
                        stack.shared,
                        "cat .dolmen-old-" + ArchivedStack.RUN + "/segments/which .dolmen-old-" + ArchivedStack.RUN
                                + "/stale/x"))
                .isEqualTo("old\n1\n");

        restore.swapBack();

        assertThat(Tool.ok(stack.shared, OtherContent.LISTING)).isEqualTo(before);

        restore.swapIn();
        restore.dropOld();

        assertThat(Tool.ok(stack.shared, OtherContent.LISTING)).isEqualTo(expected);
        assertThat(Tool.ok(stack.shared, "ls -A").lines()).containsExactly("indexing-logs", "segments");
        assertThat(restore.state()).isEqualTo(SwapState.ABSENT);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void every_pass_over_the_archive_is_counted_whoever_reads_it(Transport transport) throws Exception {
        CountingMeter meter = new CountingMeter();

        assertThat(stack.restore(transport)
                        .stage(TarFile.of(stack.tar), Files.size(stack.tar), meter)
                        .way())
                .isEqualTo(transport.word());

        assertThat(meter.done()).isEqualTo(meter.expected()).isEqualTo(LocalPlacement.PASSES * Files.size(stack.tar));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void staging_is_repeatable_after_an_interruption_and_when_done(Transport transport) throws Exception {
        SegmentPlacement restore = stack.restore(transport);
        Tool.ok(
                stack.shared,
                "mkdir -p .dolmen-part-" + ArchivedStack.RUN + "/segments; echo half > .dolmen-part-"
                        + ArchivedStack.RUN + "/segments/half");
        assertThat(restore.state()).isEqualTo(SwapState.ABSENT);

        stack.stage(restore);
        Staged again = stack.stage(restore);

        assertThat(again.files()).isEqualTo(54);
        Tool.ok(folder, "diff -r expected/opt/shared root/opt/shared/.dolmen-new-" + ArchivedStack.RUN + "");
        assertThat(Tool.ok(stack.shared, "ls -d .dolmen-*")).isEqualTo(".dolmen-new-" + ArchivedStack.RUN + "\n");
        restore.dropNew();
        assertThat(Tool.ok(stack.shared, "ls -A").lines()).containsExactly("segments", "stale");
    }

    @ParameterizedTest
    @Tag("SG-12")
    @EnumSource(Transport.class)
    void archives_named_otherwise_and_without_the_folder_itself_keep_the_owner_of_the_folder(Transport transport)
            throws Exception {
        Tool.ok(folder, "tar -C expected/opt/shared -cf druid_shared.tar segments indexing-logs");
        if (Tool.root()) {
            Tool.ok(stack.shared, "chown 1000:1001 .");
        }
        String root = Tool.ok(stack.shared, "stat -c '%u:%g %a' .");

        Staged staged = stack.stage(stack.restore(transport));
        stack.restore(transport).swapIn();

        assertThat(staged.prefix()).isEmpty();
        assertThat(Tool.ok(stack.shared, "stat -c '%u:%g %a' .")).isEqualTo(root);
        Tool.ok(folder, "diff -r --exclude='.dolmen-*' expected/opt/shared root/opt/shared");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void the_archive_of_a_backup_without_a_used_segment_brings_an_empty_folder_in(Transport transport)
            throws Exception {
        Tool.ok(folder, "tar -cf druid_shared.tar -T /dev/null");
        String root = Tool.ok(stack.shared, "stat -c '%u:%g %a' .");
        SegmentPlacement restore = stack.restore(transport);

        Staged staged = stack.stage(restore);
        restore.swapIn();
        restore.dropOld();

        assertThat(staged.files()).isZero();
        assertThat(Tool.ok(stack.shared, "ls -A")).isEmpty();
        assertThat(Tool.ok(stack.shared, "stat -c '%u:%g %a' .")).isEqualTo(root);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void free_space_is_found_out(Transport transport) {
        assertThat(stack.volume(transport).freeBytes().orElseThrow()).isGreaterThan(1 << 20);
    }

    @Test
    void a_local_machine_needs_no_script() throws Exception {
        stack.historical.service.id = "";
        SegmentPlacement restore = new LocalDeepStorage(
                        stack.historical.host,
                        new SegmentsSettings("historical", stack.shared.toString(), Optional.empty(), List.of()),
                        folder)
                .placement(ArchivedStack.RUN);

        stack.stage(restore);
        restore.swapIn();
        restore.dropOld();

        Tool.ok(folder, "diff -r expected/opt/shared root/opt/shared");
        assertThat(stack.historical.host.scriptsRun).isEmpty();
    }
}
