package dolmen.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.model.CountingMeter;
import dolmen.model.Road;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Mount;
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

class SegmentRestoreTest {
    private static final String LISTING = "find . -not -path './.dolmen-*' -printf '%y %U:%G %m %P\\n' | LC_ALL=C sort";

    @TempDir
    Path folder;

    private Path shared;
    private Path tar;
    private FakeHost host;

    @BeforeEach
    void makeStack() throws Exception {
        host = new FakeHost(Files.createDirectory(folder.resolve("root")));
        host.preamble = "sync() { :; }\n";
        shared = Files.createDirectories(host.root.resolve("opt/shared"));
        tar = folder.resolve("druid_shared.tar");
        Files.copy(Fixture.SCRIPT_TAR, tar);
        Tool.ok(shared, "mkdir segments stale; echo old > segments/which; echo 1 > stale/x; chmod 750 .");
        Tool.ok(folder, "mkdir expected; tar -C expected -xpf druid_shared.tar --numeric-owner");
    }

    private SegmentRestore restore(Road road) {
        host.mounts = road == Road.MOUNT ? List.of(new Mount("/opt/shared", shared, Optional.of("shared"))) : List.of();
        host.seesStaging = road == Road.SIDECAR;
        return new SegmentRestore(host, settings(Optional.empty()));
    }

    private static SegmentsSettings settings(Optional<Road> road) {
        return new SegmentsSettings("historical", "/opt/shared", road, List.of());
    }

    @ParameterizedTest
    @Tag("SG-12")
    @Tag("SG-14")
    @EnumSource(Road.class)
    void every_road_brings_the_archive_in_and_the_old_content_back(Road road) throws Exception {
        SegmentRestore restore = restore(road);
        String before = Tool.ok(shared, LISTING);
        String expected = Tool.ok(folder.resolve("expected/opt/shared"), LISTING);

        Staged staged = restore.stage(TarFile.of(tar), "r1");

        assertThat(staged.road()).isEqualTo(road);
        assertThat(staged.prefix()).isEqualTo("opt/shared");
        assertThat(staged.files()).isEqualTo(54);
        assertThat(Tool.ok(shared, LISTING)).isEqualTo(before);
        assertThat(restore.state("r1")).isEqualTo(SwapState.STAGED);

        restore.swapIn("r1");

        assertThat(Tool.ok(shared, LISTING)).isEqualTo(expected);
        Tool.ok(folder, "diff -r --exclude='.dolmen-*' expected/opt/shared root/opt/shared");
        assertThat(Tool.ok(shared, "cat .dolmen-old-r1/segments/which .dolmen-old-r1/stale/x"))
                .isEqualTo("old\n1\n");

        restore.swapBack("r1");

        assertThat(Tool.ok(shared, LISTING)).isEqualTo(before);

        restore.swapIn("r1");
        restore.dropOld("r1");

        assertThat(Tool.ok(shared, LISTING)).isEqualTo(expected);
        assertThat(Tool.ok(shared, "ls -A").lines()).containsExactly("indexing-logs", "segments");
        assertThat(restore.state("r1")).isEqualTo(SwapState.ABSENT);
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void every_pass_over_the_archive_is_counted_whoever_reads_it(Road road) throws Exception {
        CountingMeter meter = new CountingMeter();

        assertThat(restore(road).stage(TarFile.of(tar), "r1", meter).road()).isEqualTo(road);

        assertThat(meter.done()).isEqualTo(SegmentRestore.PASSES * Files.size(tar));
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void staging_is_repeatable_after_an_interruption_and_when_done(Road road) throws Exception {
        SegmentRestore restore = restore(road);
        Tool.ok(shared, "mkdir -p .dolmen-part-r1/segments; echo half > .dolmen-part-r1/segments/half");
        assertThat(restore.state("r1")).isEqualTo(SwapState.ABSENT);

        restore.stage(TarFile.of(tar), "r1");
        Staged again = restore.stage(TarFile.of(tar), "r1");

        assertThat(again.files()).isEqualTo(54);
        Tool.ok(folder, "diff -r expected/opt/shared root/opt/shared/.dolmen-new-r1");
        assertThat(Tool.ok(shared, "ls -d .dolmen-*")).isEqualTo(".dolmen-new-r1\n");
        restore.dropNew("r1");
        assertThat(Tool.ok(shared, "ls -A").lines()).containsExactly("segments", "stale");
    }

    @ParameterizedTest
    @Tag("SG-12")
    @EnumSource(Road.class)
    void archives_named_otherwise_and_without_the_folder_itself_keep_the_owner_of_the_folder(Road road)
            throws Exception {
        Tool.ok(folder, "tar -C expected/opt/shared -cf druid_shared.tar segments indexing-logs");
        if (Tool.root()) {
            Tool.ok(shared, "chown 1000:1001 .");
        }
        String root = Tool.ok(shared, "stat -c '%u:%g %a' .");

        Staged staged = restore(road).stage(TarFile.of(tar), "r1");
        restore(road).swapIn("r1");

        assertThat(staged.prefix()).isEmpty();
        assertThat(Tool.ok(shared, "stat -c '%u:%g %a' .")).isEqualTo(root);
        Tool.ok(folder, "diff -r --exclude='.dolmen-*' expected/opt/shared root/opt/shared");
    }

    @ParameterizedTest
    @Tag("SG-11")
    @EnumSource(Road.class)
    void a_damaged_or_hostile_or_foreign_archive_changes_nothing(Road road) throws Exception {
        SegmentRestore restore = restore(road);
        String before = Tool.ok(shared, "find . | LC_ALL=C sort");
        for (String spoil : List.of(
                "truncate -s 51200 druid_shared.tar",
                "mkdir -p h/opt/shared/segments; ln -s /etc h/opt/shared/segments/l; tar -C h -cf druid_shared.tar opt",
                "mkdir -p m/metabase-data; echo 1 > m/metabase-data/x; tar -C m -cf druid_shared.tar metabase-data")) {
            Tool.ok(folder, spoil);
            assertThatThrownBy(() -> restore.stage(TarFile.of(tar), "r1"))
                    .as(spoil)
                    .isInstanceOf(StepFailure.class);
            assertThat(Tool.ok(shared, "find . | LC_ALL=C sort")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void free_space_is_found_out(Road road) {
        assertThat(restore(road).freeBytes()).isGreaterThan(1 << 20);
    }

    @Test
    void an_archive_that_does_not_fit_is_refused() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(Tool.root(), "mounting a small disk needs root");
        Tool.ok(folder, "mount -t tmpfs -o size=200k none root/opt/shared");
        try {
            assertThatThrownBy(() -> restore(Road.MOUNT).stage(TarFile.of(tar), "r1"))
                    .isInstanceOf(StepFailure.Refused.class)
                    .hasMessageContaining("bytes that are allowed");
            assertThat(shared).isEmptyDirectory();
        } finally {
            Tool.ok(folder, "umount root/opt/shared");
        }
    }

    @Test
    void a_volume_of_another_engine_with_the_same_name_is_never_written() throws Exception {
        SegmentRestore restore = restore(Road.MOUNT);
        host.remote = true;
        host.seesStaging = true;

        Staged staged = restore.stage(TarFile.of(tar), "r1");

        assertThat(staged.road()).isEqualTo(Road.SIDECAR);
        assertThat(Tool.ok(shared, "ls -A | grep -c probe || true").trim()).isEqualTo("0");
    }

    @Test
    void a_probe_that_a_killed_process_left_is_removed_later() throws Exception {
        SegmentRestore restore = restore(Road.MOUNT);
        host.remote = true;
        host.seesStaging = true;
        Tool.ok(shared, "touch -d '1 hour ago' .dolmen-probe-forgotten; touch .dolmen-probe-of-another");

        restore.stage(TarFile.of(tar), "r1");

        assertThat(Tool.ok(shared, "ls -A | grep probe").lines()).containsExactly(".dolmen-probe-of-another");
    }

    @Test
    void a_mount_inside_the_shared_folder_is_refused() {
        SegmentRestore restore = restore(Road.MOUNT);
        host.mounts = List.of(
                new Mount("/opt/shared", shared, Optional.empty()),
                new Mount("/opt/shared/segments", shared.resolve("segments"), Optional.empty()));

        assertThatThrownBy(() -> restore.stage(TarFile.of(tar), "r1"))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("/opt/shared/segments");
    }

    @Test
    void a_local_machine_needs_no_script() throws Exception {
        host.id = "";
        SegmentRestore restore = new SegmentRestore(
                host, new SegmentsSettings("historical", shared.toString(), Optional.empty(), List.of()));

        restore.stage(TarFile.of(tar), "r1");
        restore.swapIn("r1");
        restore.dropOld("r1");

        Tool.ok(folder, "diff -r expected/opt/shared root/opt/shared");
        assertThat(host.scripts).isEmpty();
    }

    @Test
    @Tag("SG-13")
    void caches_are_emptied_only_while_their_service_is_stopped() throws Exception {
        Path cache = Files.createDirectories(host.root.resolve("opt/druid/var/segment-cache"));
        Tool.ok(cache, "mkdir info_dir; echo 1 > info_dir/x; echo 2 > .hidden; mkdir 'a b'");
        host.mounts = List.of(new Mount("/opt/druid/var", host.root.resolve("opt/druid/var"), Optional.empty()));
        SegmentRestore restore = caches("historical:/opt/druid/var/segment-cache", "historical:/opt/druid/var/none");
        host.running = true;
        assertThatThrownBy(restore::emptyCaches)
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("while the service runs");
        assertThat(cache.resolve("info_dir/x")).exists();
        host.running = false;

        restore.checkCaches();
        restore.emptyCaches();
        restore.emptyCaches();

        assertThat(cache).isEmptyDirectory();
    }

    @Test
    @Tag("SG-13")
    void a_cache_that_could_not_be_emptied_is_refused_before_any_change() {
        assertThatThrownBy(
                        () -> caches("historical:/opt/druid/var/segment-cache").checkCaches())
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("does not lie on a volume");
        assertThatThrownBy(() -> caches("nobody:/x").checkCaches()).isInstanceOf(StepFailure.Refused.class);
        assertThatThrownBy(() -> caches("historical").checkCaches()).isInstanceOf(StepFailure.Unusable.class);
        assertThatThrownBy(() -> caches("historical:/").checkCaches()).isInstanceOf(StepFailure.Unusable.class);
    }

    @Test
    void a_cache_of_a_local_machine_is_emptied_here() throws Exception {
        host.id = "";
        Path cache = Files.createDirectories(folder.resolve("cache/x"));

        caches("historical:" + cache.getParent()).emptyCaches();

        assertThat(cache.getParent()).isEmptyDirectory();
    }

    private SegmentRestore caches(String... caches) {
        return new SegmentRestore(
                host, new SegmentsSettings("historical", "/opt/shared", Optional.empty(), List.of(caches)));
    }
}
