package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.deepstorage.MemoryTar;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.model.Transport;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packing that breaks half-way. */
class BrokenPackingTest {
    @TempDir
    Path folder;

    private ArchivedStack stack;

    @BeforeEach
    void a_stack() throws Exception {
        stack = new ArchivedStack(folder);
    }

    @Test
    void a_stream_of_the_engine_that_ends_too_early_may_be_repeated_and_makes_no_archive() {
        MemoryTar tar = new MemoryTar();
        LocalDeepStorage volume = stack.volume(Transport.API);
        stack.historical.cutAt = 20_000;
        assertThatThrownBy(() -> stack.archive(volume, tar))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("is not whole");
        assertThat(tar.finished()).isFalse();
    }

    @Test
    @Tag("SG-04")
    void a_sidecar_tar_that_is_cut_or_fails_leaves_nothing() {
        LocalDeepStorage volume = stack.volume(Transport.SIDECAR);
        Map<String, String> reasons = Map.of(
                "tar() { command tar \"$@\"; truncate -s 20480 \"$3\"; }\n",
                "druid_shared.tar.part is damaged",
                "tar() { command tar \"$@\"; return 2; }\n",
                "ended with status 2",
                "tar() { echo 'tar: write error: No space left on device' >&2; return 1; }\n",
                "no space left");
        reasons.forEach((broken, reason) -> {
            stack.historical.preamble = broken;
            assertThatThrownBy(() -> stack.archive(volume))
                    .as(broken)
                    .isInstanceOf(StepFailure.class)
                    .isNotInstanceOf(StepFailure.Refused.class)
                    .hasMessageContaining(reason);
            assertThat(stack.staging).isEmptyDirectory();
        });
    }

    /** Else each attempt would leave a connection to the engine and two threads. */
    @Test
    void a_stream_of_the_engine_that_ends_before_its_first_member_is_closed() {
        AtomicInteger open = new AtomicInteger();
        LocalDeepStorage volume = stack.volume(Transport.API);
        stack.historical.host.archives = archive -> {
            open.incrementAndGet();
            return new FilterInputStream(InputStream.nullInputStream()) {
                @Override
                public void close() throws IOException {
                    open.decrementAndGet();
                    archive.close();
                }
            };
        };
        assertThatThrownBy(() -> volume.files(0, Meter.NONE).forEach((name, size) -> {}))
                .isInstanceOf(StepFailure.class);
        assertThat(open).hasValue(0);
    }
}
