package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.model.StepFailure;
import dolmen.stack.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caches of Druid's services, which are emptied when the segments are exchanged. */
class SegmentCachesTest {
    private static final Set<String> STOPPED = Set.of("historical");

    @TempDir
    Path folder;

    private OtherContent stack;

    @BeforeEach
    void a_stack_with_other_content() throws Exception {
        stack = new OtherContent(folder);
    }

    @Test
    @Tag("SG-13")
    void caches_are_emptied_only_while_their_service_is_stopped() throws Exception {
        Path cache = Files.createDirectories(stack.historical.root.resolve("opt/druid/var/segment-cache"));
        Tool.ok(cache, "mkdir info_dir; echo 1 > info_dir/x; echo 2 > .hidden; mkdir 'a b'");
        stack.historical.service.mounts =
                List.of(new Mount("/opt/druid/var", stack.historical.root.resolve("opt/druid/var"), Optional.empty()));
        LocalDeepStorage storage =
                stack.caches("historical:/opt/druid/var/segment-cache", "historical:/opt/druid/var/none");
        stack.historical.service.running = true;
        assertThatThrownBy(storage::emptyCaches)
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("while the service runs");
        assertThat(cache.resolve("info_dir/x")).exists();
        stack.historical.service.running = false;

        storage.checkCaches(STOPPED);
        storage.emptyCaches();
        storage.emptyCaches();

        assertThat(cache).isEmptyDirectory();
    }

    @Test
    @Tag("SG-13")
    void a_cache_that_could_not_be_emptied_is_refused_before_any_change() {
        assertThatThrownBy(() ->
                        stack.caches("historical:/opt/druid/var/segment-cache").checkCaches(STOPPED))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("does not lie on a volume");
        assertThatThrownBy(() -> stack.caches("nobody:/x").checkCaches(STOPPED))
                .isInstanceOf(StepFailure.Refused.class);
        assertThatThrownBy(() -> stack.caches("historical").checkCaches(STOPPED))
                .isInstanceOf(StepFailure.Unusable.class);
        assertThatThrownBy(() -> stack.caches("historical:/").checkCaches(STOPPED))
                .isInstanceOf(StepFailure.Unusable.class);
    }

    @Test
    @Tag("T16")
    void T16_a_cache_of_a_service_that_no_restore_stops_is_refused_before_any_change() throws Exception {
        stack.historical.service.id = "";
        stack.historical.service.running = true;
        Path cache = Files.createDirectories(folder.resolve("cache"));

        stack.caches("historical:" + cache).checkCaches(STOPPED);
        assertThatThrownBy(() -> stack.caches("historical:" + cache).checkCaches(Set.of("coordinator")))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("cannot be emptied while the service runs");
    }

    @Test
    void a_cache_of_a_local_machine_is_emptied_here() throws Exception {
        stack.historical.service.id = "";
        Path cache = Files.createDirectories(folder.resolve("cache/x"));

        stack.caches("historical:" + cache.getParent()).emptyCaches();

        assertThat(cache.getParent()).isEmptyDirectory();
    }
}
