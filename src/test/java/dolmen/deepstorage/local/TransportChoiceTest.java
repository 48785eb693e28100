package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.archive.Tool;
import dolmen.deepstorage.MadeArchive;
import dolmen.deepstorage.MemoryTar;
import dolmen.model.Artifact;
import dolmen.model.StepFailure;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which transport an archive goes by. */
class TransportChoiceTest {
    @TempDir
    Path folder;

    private ArchivedStack stack;

    @BeforeEach
    void a_stack() throws Exception {
        stack = new ArchivedStack(folder);
    }

    @Test
    void a_local_machine_reads_the_folder_itself() {
        stack.historical.service.id = "";
        LocalDeepStorage volume = new LocalDeepStorage(
                stack.historical.host,
                new SegmentsSettings("historical", stack.shared.toString(), Optional.empty(), List.of()),
                stack.scratch,
                stack.catalog);

        MadeArchive result = stack.archive(volume);

        assertThat(result.archive().transport()).contains(Transport.MOUNT);
        assertThat(stack.historical.host.scriptsRun).isEmpty();
        assertThat(stack.index().get(0).path())
                .startsWith(stack.shared.toString().substring(1));
    }

    @Test
    void the_road_of_the_settings_is_taken_or_refused_with_the_reason() {
        stack.volume(Transport.MOUNT);
        stack.historical.seesStaging = false;

        MadeArchive result = stack.archive(stack.volume(Optional.of(Transport.API)));

        assertThat(result.archive().transport()).contains(Transport.API);
        assertThatThrownBy(() -> stack.archive(stack.volume(Optional.of(Transport.SIDECAR))))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("sidecar")
                .hasMessageContaining("engine's machine");
        stack.historical.service.mounts = List.of();
        assertThatThrownBy(() -> stack.archive(stack.volume(Optional.of(Transport.MOUNT))))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("does not lie on a mount");
    }

    @Test
    void a_mount_inside_the_shared_folder_rules_the_mount_road_out() {
        LocalDeepStorage volume = stack.volume(Transport.SIDECAR);
        stack.historical.service.mounts = List.of(
                new Mount("/opt/shared", stack.shared, Optional.empty()),
                new Mount("/opt/shared/segments", stack.shared.resolve("segments"), Optional.empty()));

        assertThat(stack.archive(volume).archive().transport()).contains(Transport.SIDECAR);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void an_archive_that_becomes_no_file_here_goes_by_mount_or_api_and_is_the_same(Transport transport)
            throws Exception {
        MemoryTar tar = new MemoryTar();

        MadeArchive result = stack.archive(stack.volume(transport), tar);

        assertThat(result.archive().transport())
                .contains(transport == Transport.MOUNT ? Transport.MOUNT : Transport.API);
        assertThat(Tool.ok(stack.staging, "ls -A")).isEqualTo("segments.jsonl.gz\n");
        Path copy = Files.write(folder.resolve("druid_shared.tar"), tar.content());
        assertThat(result.archive().tar()).isEqualTo(Digests.artifact(copy));
        Tool.ok(folder, "mkdir u; tar -C u -xpf druid_shared.tar; diff -r u/opt/shared root/opt/shared");
    }

    @Test
    void an_archive_that_becomes_no_file_here_is_refused_for_the_sidecar_with_the_reason() {
        stack.volume(Transport.SIDECAR);
        LocalDeepStorage volume = stack.volume(Optional.of(Transport.SIDECAR));
        assertThatThrownBy(() -> stack.archive(volume, new MemoryTar()))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("dolmen.storage.stage=none");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_limit_is_kept_by_mount_and_api_alone_and_changes_no_byte(Transport transport) throws Exception {
        stack.volume(transport);
        long limit = 100_000;
        SegmentsSettings slow = new SegmentsSettings("historical", "/opt/shared", Optional.empty(), List.of(), limit);
        long begun = System.nanoTime();

        MadeArchive result =
                stack.archive(new LocalDeepStorage(stack.historical.host, slow, stack.scratch, stack.catalog));

        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        long bytes = result.archive().tar().bytes();
        assertThat(bytes).isGreaterThan(2 * limit);
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(1000 * bytes / limit));
        assertThat(result.archive().transport())
                .contains(transport == Transport.MOUNT ? Transport.MOUNT : Transport.API);
        assertThat(result.archive().tar()).isEqualTo(Digests.artifact(stack.staging.resolve(Artifact.SEGMENT_ARCHIVE)));
        Tool.ok(
                folder,
                "mkdir u; tar -C u -xpf catalog/.staging/x/druid_shared.tar; diff -r u/opt/shared root/opt/shared");
    }
}
