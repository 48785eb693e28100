package dolmen.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.archive.MemberIndex;
import dolmen.archive.Tool;
import dolmen.model.Artifact;
import dolmen.model.CountingMeter;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.Road;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SegmentVolumeTest {
    private static final Label LABEL = new Label("20261124-020000");

    @TempDir
    Path folder;

    private Path shared;
    private Path staging;
    private FakeHost host;

    @BeforeEach
    void makeStack() throws Exception {
        host = new FakeHost(Files.createDirectory(folder.resolve("root")));
        staging = Files.createDirectories(folder.resolve("catalog/.staging/x"));
        shared = Files.createDirectories(host.root.resolve("opt/shared"));
        Tool.ok(host.root, "tar -xpf " + Fixture.SCRIPT_TAR.toAbsolutePath());
    }

    private SegmentVolume volume(Road road) {
        Path source = road == Road.MOUNT ? shared : Path.of("/of/another/machine");
        host.mounts = List.of(new Mount("/opt/shared", source, Optional.of("stack_shared")));
        host.seesStaging = road == Road.SIDECAR;
        return new SegmentVolume(host, settings(Optional.empty()), folder.resolve("catalog"));
    }

    private static SegmentsSettings settings(Optional<Road> road) {
        return new SegmentsSettings("historical", "/opt/shared", road, List.of());
    }

    private List<Member> index() {
        List<Member> members = new ArrayList<>();
        MemberIndex.read(staging.resolve("segments.jsonl.gz"), members::add);
        return members;
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void every_road_packs_the_same_files_and_proves_the_segments(Road road) throws Exception {
        Tool.ok(shared, "mkdir .dolmen-old-r1; echo 1 > .dolmen-old-r1/x; echo 1 > .hidden");

        VolumeArchive result = volume(road).archive(staging, LABEL);

        assertThat(result.archive().road()).contains(road);
        assertThat(result.archive().files()).isEqualTo(55);
        assertThat(result.archive().tar()).isEqualTo(Digests.artifact(staging.resolve("druid_shared.tar")));
        assertThat(result.archive().index()).isEqualTo(Digests.artifact(staging.resolve("segments.jsonl.gz")));
        assertThat(result.warnings()).isEmpty();
        TreeMap<String, String> sums = new TreeMap<>();
        index().forEach(member -> sums.put(member.path(), member.sha256().sha256()));
        assertThat(Tool.ok(
                                host.root,
                                "find opt/shared -type f -not -path '*/.dolmen-*' | LC_ALL=C sort | xargs -d '\\n' sha256sum")
                        .lines())
                .containsExactlyElementsOf(sums.entrySet().stream()
                        .map(each -> each.getValue() + "  " + each.getKey())
                        .toList());
        for (Member member : index()) {
            assertThat(Tool.ok(
                            staging,
                            "tail -c +" + (member.offset() + 1) + " druid_shared.tar | head -c " + member.size()
                                    + " | sha256sum"))
                    .startsWith(member.sha256().sha256());
        }
        Tool.ok(
                folder,
                "mkdir u; tar -C u -xpf catalog/.staging/x/druid_shared.tar;"
                        + " diff -r --exclude='.dolmen-*' u/opt/shared root/opt/shared");
        assertThat(Tool.ok(staging, "tar -tf druid_shared.tar | head -1")).isEqualTo("opt/shared/\n");
        assertThat(Tool.ok(staging, "stat -c '%a %n' -- *; ls -A | wc -l"))
                .isEqualTo("600 druid_shared.tar\n600 segments.jsonl.gz\n2\n");
        assertThat(CoverageCheck.check(
                                Fixture.dump("script-backup"),
                                "/opt/shared",
                                SegmentFiles.ofIndex(staging.resolve("segments.jsonl.gz")),
                                "opt/shared")
                        .coverage()
                        .complete())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void exactly_the_bytes_of_the_archive_are_counted_and_the_sidecar_s_once_more_as_they_are_read(Road road) {
        volume(road);
        CountingMeter meter = new CountingMeter();
        SegmentVolume counted =
                new SegmentVolume(host, settings(Optional.empty()), () -> meter, folder.resolve("catalog"));

        VolumeArchive result = counted.archive(staging, LABEL);

        long bytes = result.archive().tar().bytes();
        assertThat(result.archive().road()).contains(road);
        assertThat(meter.done()).isEqualTo(road == Road.SIDECAR ? 2 * bytes : bytes);
        assertThat(meter.expected()).isEqualTo(road == Road.SIDECAR ? 2 * bytes : 0);
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void the_live_folder_is_checked_by_every_road(Road road) throws Exception {
        SegmentVolume volume = volume(road);

        assertThat(live(volume).coverage().complete()).isTrue();
        Tool.ok(shared, "rm -r segments/wiki/2024-03-01*");
        assertThat(live(volume).coverage().missing())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("wiki_2024-03-01");
    }

    private CoverageReport live(SegmentVolume volume) {
        return CoverageCheck.check(Fixture.dump("script-backup"), "/opt/shared", volume.files(staging), "");
    }

    @ParameterizedTest
    @Tag("SG-10")
    @EnumSource(Road.class)
    void a_shared_folder_that_is_a_link_is_followed(Road road) throws Exception {
        Tool.ok(host.root, "mkdir data; mv opt/shared data/big; ln -s ../data/big opt/shared; ln -s x opt/loose");

        SegmentVolume volume = volume(road);
        if (road == Road.MOUNT) {
            host.mounts = List.of(
                    new Mount("/opt", host.root.resolve("opt"), Optional.empty()),
                    new Mount("/data", host.root.resolve("data"), Optional.empty()));
        }
        VolumeArchive result = volume.archive(staging, LABEL);

        assertThat(result.archive().road()).contains(road);
        assertThat(result.archive().files()).isEqualTo(54);
        assertThat(index()).allMatch(member -> member.path().startsWith("opt/shared/"));
    }

    @ParameterizedTest
    @Tag("DK-13")
    @EnumSource(Road.class)
    void an_empty_folder_is_packed_with_a_warning(Road road) throws Exception {
        Tool.ok(shared, "rm -r *");

        VolumeArchive result = volume(road).archive(staging, LABEL);

        assertThat(result.archive().files()).isZero();
        assertThat(result.warnings()).singleElement().asString().contains("/opt/shared of historical holds no file");
        Tool.ok(staging, "tar -tf druid_shared.tar");
    }

    @ParameterizedTest
    @Tag("SG-10")
    @EnumSource(Road.class)
    void a_link_out_of_the_folder_is_reported(Road road) throws Exception {
        Tool.ok(shared, "mv segments ../elsewhere; ln -s ../elsewhere segments");

        VolumeArchive result = volume(road).archive(staging, LABEL);

        assertThat(result.warnings()).singleElement().asString().contains("opt/shared/segments");
        assertThat(CoverageCheck.check(
                                Fixture.dump("script-backup"),
                                "/opt/shared",
                                SegmentFiles.ofIndex(staging.resolve("segments.jsonl.gz")),
                                "opt/shared")
                        .coverage()
                        .held())
                .isZero();
    }

    @Test
    void a_local_machine_reads_the_folder_itself() {
        host.id = "";
        SegmentVolume volume = new SegmentVolume(
                host,
                new SegmentsSettings("historical", shared.toString(), Optional.empty(), List.of()),
                folder.resolve("catalog"));

        VolumeArchive result = volume.archive(staging, LABEL);

        assertThat(result.archive().road()).contains(Road.MOUNT);
        assertThat(host.scripts).isEmpty();
        assertThat(index().get(0).path()).startsWith(shared.toString().substring(1));
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    @Tag("DK-15")
    void the_data_folder_of_a_postgresql_is_refused(Road road) throws Exception {
        Tool.ok(shared, "rm -r *; echo 15 > PG_VERSION; touch postmaster.pid");
        SegmentVolume volume = volume(road);

        assertThatThrownBy(() -> volume.archive(staging, LABEL))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("/opt/shared of historical is the data folder of a PostgreSQL");
        assertThat(staging).isEmptyDirectory();
    }

    @Test
    @Tag("DK-04")
    void a_folder_that_a_new_container_does_not_have_is_archived_with_a_warning() {
        SegmentVolume volume = volume(Road.MOUNT);
        host.mounts = List.of(new Mount("/opt/shared", shared, Optional.of("0f".repeat(32))));

        assertThat(volume.archive(staging, LABEL).warnings())
                .singleElement()
                .asString()
                .contains("an anonymous volume");
        host.mounts = List.of();
        assertThat(volume.archive(staging, LABEL).warnings())
                .singleElement()
                .asString()
                .contains("no volume");
    }

    @Test
    @Tag("TR-06")
    void no_folder_of_dolmen_s_own_may_lie_in_the_shared_folder() throws Exception {
        Tool.ok(folder, "mkdir root/opt/shared/state; ln -s root/opt/shared/state inbox");
        host.mounts = List.of(new Mount("/opt/shared", shared, Optional.empty()));
        for (String own : List.of("root/opt/shared/state", "inbox", "root/opt/shared/to/come")) {
            SegmentVolume volume =
                    new SegmentVolume(host, settings(Optional.empty()), folder.resolve("catalog"), folder.resolve(own));
            assertThatThrownBy(() -> volume.archive(staging, LABEL))
                    .isInstanceOf(StepFailure.Refused.class)
                    .hasMessageContaining(own);
        }
    }

    @Test
    @Tag("SG-15")
    void a_catalog_inside_the_shared_folder_is_refused_also_through_a_link() throws Exception {
        Tool.ok(folder, "mkdir root/opt/shared/backups; ln -s root/opt/shared/backups sneaky");
        host.mounts = List.of(new Mount("/opt/shared", shared, Optional.empty()));
        for (String catalog : List.of("root/opt/shared/backups", "sneaky", "sneaky/not/there/yet")) {
            SegmentVolume volume = new SegmentVolume(host, settings(Optional.empty()), folder.resolve(catalog));
            assertThatThrownBy(() -> volume.archive(staging, LABEL))
                    .as(catalog)
                    .isInstanceOf(StepFailure.Refused.class)
                    .hasMessageContaining("lies in the shared folder");
        }
    }

    @Test
    void the_road_of_the_settings_is_taken_or_refused_with_the_reason() {
        volume(Road.MOUNT);
        host.seesStaging = false;

        VolumeArchive result = new SegmentVolume(host, settings(Optional.of(Road.API)), folder.resolve("catalog"))
                .archive(staging, LABEL);

        assertThat(result.archive().road()).contains(Road.API);
        assertThatThrownBy(() -> new SegmentVolume(host, settings(Optional.of(Road.SIDECAR)), folder.resolve("catalog"))
                        .archive(staging, LABEL))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("sidecar")
                .hasMessageContaining("engine's machine");
        host.mounts = List.of();
        assertThatThrownBy(() -> new SegmentVolume(host, settings(Optional.of(Road.MOUNT)), folder.resolve("catalog"))
                        .archive(staging, LABEL))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("does not lie on a mount");
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void an_archive_that_becomes_no_file_here_goes_by_mount_or_api_and_is_the_same(Road road) throws Exception {
        MemoryTar tar = new MemoryTar();

        VolumeArchive result = volume(road).archive(staging, LABEL, tar);

        assertThat(result.archive().road()).contains(road == Road.MOUNT ? Road.MOUNT : Road.API);
        assertThat(Tool.ok(staging, "ls -A")).isEqualTo("segments.jsonl.gz\n");
        Path copy = Files.write(folder.resolve("druid_shared.tar"), tar.content());
        assertThat(result.archive().tar()).isEqualTo(Digests.artifact(copy));
        Tool.ok(folder, "mkdir u; tar -C u -xpf druid_shared.tar; diff -r u/opt/shared root/opt/shared");
    }

    @ParameterizedTest
    @EnumSource(Road.class)
    void a_limit_is_kept_by_mount_and_api_alone_and_changes_no_byte(Road road) throws Exception {
        volume(road);
        long limit = 100_000;
        SegmentsSettings slow = new SegmentsSettings("historical", "/opt/shared", Optional.empty(), List.of(), limit);
        long begun = System.nanoTime();

        VolumeArchive result = new SegmentVolume(host, slow, folder.resolve("catalog")).archive(staging, LABEL);

        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        long bytes = result.archive().tar().bytes();
        assertThat(bytes).isGreaterThan(2 * limit);
        assertThat(took).isGreaterThanOrEqualTo(Duration.ofMillis(1000 * bytes / limit));
        assertThat(result.archive().road()).contains(road == Road.MOUNT ? Road.MOUNT : Road.API);
        assertThat(result.archive().tar()).isEqualTo(Digests.artifact(staging.resolve(Artifact.SEGMENT_ARCHIVE)));
        Tool.ok(
                folder,
                "mkdir u; tar -C u -xpf catalog/.staging/x/druid_shared.tar; diff -r u/opt/shared root/opt/shared");
    }

    @Test
    void an_archive_that_becomes_no_file_here_is_refused_for_the_sidecar_with_the_reason() {
        volume(Road.SIDECAR);
        SegmentVolume volume = new SegmentVolume(host, settings(Optional.of(Road.SIDECAR)), folder.resolve("catalog"));
        assertThatThrownBy(() -> volume.archive(staging, LABEL, new MemoryTar()))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("dolmen.storage.stage=none");
    }

    @Test
    void a_stream_of_the_engine_that_ends_too_early_may_be_repeated_and_makes_no_archive() {
        MemoryTar tar = new MemoryTar();
        SegmentVolume volume = volume(Road.API);
        host.cutAt = 20_000;
        assertThatThrownBy(() -> volume.archive(staging, LABEL, tar))
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("is not whole");
        assertThat(tar.finished()).isFalse();
    }

    @Test
    void a_mount_inside_the_shared_folder_rules_the_mount_road_out() {
        SegmentVolume volume = volume(Road.SIDECAR);
        host.mounts = List.of(
                new Mount("/opt/shared", shared, Optional.empty()),
                new Mount("/opt/shared/segments", shared.resolve("segments"), Optional.empty()));

        assertThat(volume.archive(staging, LABEL).archive().road()).contains(Road.SIDECAR);
    }

    @Test
    @Tag("DK-13")
    void a_service_that_does_not_exist_is_named() {
        SegmentVolume volume = new SegmentVolume(
                host,
                new SegmentsSettings("historcal", "/opt/shared", Optional.empty(), List.of()),
                folder.resolve("catalog"));

        assertThatThrownBy(() -> volume.archive(staging, LABEL))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("historcal");
    }

    @Test
    @Tag("SG-04")
    void a_sidecar_tar_that_is_cut_or_fails_leaves_nothing() {
        SegmentVolume volume = volume(Road.SIDECAR);
        for (String broken : List.of(
                "tar() { command tar \"$@\"; truncate -s 20480 \"$3\"; }\n",
                "tar() { command tar \"$@\"; return 2; }\n",
                "tar() { echo 'tar: write error: No space left on device' >&2; return 1; }\n")) {
            host.preamble = broken;
            assertThatThrownBy(() -> volume.archive(staging, LABEL))
                    .as(broken)
                    .isInstanceOf(StepFailure.class)
                    .isNotInstanceOf(StepFailure.Refused.class);
            assertThat(staging).isEmptyDirectory();
        }
    }

    @Test
    @Tag("SG-04")
    void warnings_of_a_sidecar_tar_are_kept() {
        SegmentVolume volume = volume(Road.SIDECAR);
        // the version is asked of tar too: only the packing may warn
        host.preamble = "tar() { command tar \"$@\" || return; case \"$*\" in *--version*) return 0;; esac;"
                + " echo 'tar: x: file changed as we read it' >&2; return 1; }\n";

        VolumeArchive result = volume.archive(staging, LABEL);

        assertThat(result.warnings()).contains("tar: x: file changed as we read it");
    }
}
