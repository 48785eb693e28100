package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarTarget;
import dolmen.archive.Tool;
import dolmen.deepstorage.ArchiveOrder;
import dolmen.deepstorage.MadeArchive;
import dolmen.deepstorage.MemoryTar;
import dolmen.model.Artifact;
import dolmen.model.Meter;
import dolmen.model.SegmentEntry;
import dolmen.model.Shard;
import dolmen.model.StepFailure;
import dolmen.model.Transport;
import dolmen.model.UsedSegments;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A used segment's file changes while it is read: no archive is made of it, and the next attempt has it as it is then. */
class ChangedSegmentsTest {
    private static final String FILE = "segments/big/index.zip";
    private static final UsedSegments USED = consumer -> consumer.accept(new SegmentEntry(
            "big",
            "wiki",
            "2024-03-01T00:00:00.000Z/2024-03-02T00:00:00.000Z",
            "v",
            Shard.counted(0, 1),
            LocalDeepStorage.TYPE,
            "/opt/shared/" + FILE,
            1));

    @TempDir
    Path folder;

    private ArchivedStack stack;

    @BeforeEach
    void a_large_segment() throws Exception {
        stack = new ArchivedStack(folder);
        Tool.ok(stack.shared, "mkdir segments/big; head -c 3M /dev/urandom > " + FILE);
    }

    @ParameterizedTest
    @Tag("T2")
    @ValueSource(
            strings = {
                "truncate -s 1M $F",
                "echo more >> $F",
                "head -c 3M /dev/zero | dd of=$F conv=notrunc status=none",
                "cp -p $F new; mv new $F",
                "rm $F; head -c 3M /dev/urandom > $F"
            })
    void T2_a_change_is_seen_on_the_mount(String change) throws Exception {
        LocalDeepStorage volume = stack.volume(Transport.MOUNT);
        MemoryTar tar = new MemoryTar();

        assertThatThrownBy(() -> archive(volume, new MeddledTar(tar, () -> change(change))))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessage("opt/shared/" + FILE + " changed while it was read");

        assertThat(tar.finished()).isFalse();
        assertThat(stack.staging).isEmptyDirectory();
        archive(volume, tar);
        Files.write(stack.staging.resolve(Artifact.SEGMENT_ARCHIVE), tar.content());
        isAsItIs();
    }

    @ParameterizedTest
    @Tag("T2")
    @ValueSource(
            strings = {"truncate -s 1M $F", "echo more >> $F", "cp -p $F new; mv new $F", "rm $F; echo again > $F"})
    void T2_a_change_is_seen_beside_the_service(String change) throws Exception {
        LocalDeepStorage volume = stack.volume(Transport.SIDECAR);
        // the version is asked of tar too: only the packing is disturbed
        stack.historical.preamble =
                "tar() { case \"$*\" in *--version*) command tar \"$@\"; return;; esac; command tar \"$@\""
                        + " && (cd '" + stack.shared + "' && " + change.replace("$F", FILE) + "); }\n";
        TarTarget tar = TarTarget.of(stack.staging.resolve(Artifact.SEGMENT_ARCHIVE));

        assertThatThrownBy(() -> archive(volume, tar))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessage("opt/shared/" + FILE + " changed while it was read");

        assertThat(stack.staging).isEmptyDirectory();
        stack.historical.preamble = "";
        archive(volume, tar);
        isAsItIs();
    }

    @Test
    @Tag("T2")
    void T2_a_file_that_no_used_segment_needs_is_named_and_does_no_harm() throws Exception {
        Tool.ok(stack.shared, "mkdir logs; head -c 3M /dev/urandom > logs/task.log");
        LocalDeepStorage volume = stack.volume(Transport.MOUNT);
        MemoryTar tar = new MemoryTar();

        MadeArchive made = archive(volume, new MeddledTar(tar, () -> change("truncate -s 1M logs/task.log")));

        assertThat(made.changed()).containsExactly("opt/shared/logs/task.log");
        assertThat(tar.finished()).isTrue();
    }

    @Test
    @Tag("T2")
    void T2_a_file_that_no_used_segment_needs_is_named_beside_the_service() throws Exception {
        LocalDeepStorage volume = stack.volume(Transport.SIDECAR);
        Tool.ok(stack.shared, "mkdir logs; echo 1 > logs/task.log");
        stack.historical.preamble = "tar() { command tar \"$@\" && echo 2 >> '" + stack.shared + "/logs/task.log'; }\n";

        MadeArchive made = archive(volume, TarTarget.of(stack.staging.resolve(Artifact.SEGMENT_ARCHIVE)));

        assertThat(made.changed()).containsExactly("opt/shared/logs/task.log");
    }

    private MadeArchive archive(LocalDeepStorage volume, TarTarget tar) {
        return volume.archive(
                ArchiveOrder.full(stack.staging, ArchivedStack.LABEL, tar, USED, IncrementalBackups.SAME), Meter.NONE);
    }

    private void change(String change) {
        try {
            Tool.ok(stack.shared, change.replace("$F", FILE));
        } catch (Exception refused) {
            throw new AssertionError(refused);
        }
    }

    private void isAsItIs() throws Exception {
        Tool.ok(folder, "mkdir u; tar -C u -xf " + stack.staging.resolve(Artifact.SEGMENT_ARCHIVE));
        assertThat(Files.mismatch(folder.resolve("u/opt/shared/" + FILE), stack.shared.resolve(FILE)))
                .isEqualTo(-1);
    }
}
