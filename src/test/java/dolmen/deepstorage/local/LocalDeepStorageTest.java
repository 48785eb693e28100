package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Digests;
import dolmen.archive.Tool;
import dolmen.deepstorage.CoverageCheck;
import dolmen.deepstorage.CoverageReport;
import dolmen.deepstorage.MadeArchive;
import dolmen.deepstorage.SegmentFiles;
import dolmen.model.CountingMeter;
import dolmen.model.Member;
import dolmen.model.Meter;
import dolmen.model.Transport;
import dolmen.stack.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an archive of the shared folder holds, by every transport. */
class LocalDeepStorageTest {
    @TempDir
    Path folder;

    private ArchivedStack stack;

    @BeforeEach
    void a_stack() throws Exception {
        stack = new ArchivedStack(folder);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void every_road_packs_the_same_files_and_proves_the_segments(Transport transport) throws Exception {
        Tool.ok(stack.shared, "mkdir .dolmen-old-r1; echo 1 > .dolmen-old-r1/x; echo 1 > .hidden");

        MadeArchive result = stack.archive(stack.volume(transport));

        assertThat(result.archive().transport()).contains(transport);
        assertThat(result.archive().files()).isEqualTo(55);
        assertThat(result.archive().tar()).isEqualTo(Digests.artifact(stack.staging.resolve("druid_shared.tar")));
        assertThat(result.archive().index()).isEqualTo(Digests.artifact(stack.staging.resolve("segments.jsonl.gz")));
        assertThat(result.warnings()).isEmpty();
        TreeMap<String, String> sums = new TreeMap<>();
        stack.index().forEach(member -> sums.put(member.path(), member.sha256().sha256()));
        assertThat(Tool.ok(
                                stack.historical.root,
                                "find opt/shared -type f -not -path '*/.dolmen-*' | LC_ALL=C sort | xargs -d '\\n' sha256sum")
                        .lines())
                .containsExactlyElementsOf(sums.entrySet().stream()
                        .map(each -> each.getValue() + "  " + each.getKey())
                        .toList());
        for (Member member : stack.index()) {
            assertThat(Tool.ok(
                            stack.staging,
                            "tail -c +" + (member.offset() + 1) + " druid_shared.tar | head -c " + member.size()
                                    + " | sha256sum"))
                    .startsWith(member.sha256().sha256());
        }
        Tool.ok(
                folder,
                "mkdir u; tar -C u -xpf catalog/.staging/x/druid_shared.tar;"
                        + " diff -r --exclude='.dolmen-*' u/opt/shared root/opt/shared");
        assertThat(Tool.ok(stack.staging, "tar -tf druid_shared.tar | head -1")).isEqualTo("opt/shared/\n");
        assertThat(Tool.ok(stack.staging, "stat -c '%a %n' -- *; ls -A | wc -l"))
                .isEqualTo("600 druid_shared.tar\n600 segments.jsonl.gz\n2\n");
        assertThat(CoverageCheck.check(
                                Fixture.dump("script-backup"),
                                Fixture.PATHS,
                                SegmentFiles.ofIndex(stack.staging.resolve("segments.jsonl.gz")),
                                "opt/shared")
                        .coverage()
                        .complete())
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void exactly_the_bytes_of_the_archive_are_counted_and_the_sidecar_s_once_more_as_they_are_read(
            Transport transport) {
        CountingMeter meter = new CountingMeter();

        MadeArchive result = stack.volume(transport).archive(stack.order(), meter);

        long bytes = result.archive().tar().bytes();
        assertThat(result.archive().transport()).contains(transport);
        assertThat(meter.done()).isEqualTo(transport == Transport.SIDECAR ? 2 * bytes : bytes);
        assertThat(meter.expected()).isEqualTo(transport == Transport.SIDECAR ? 2 * bytes : 0);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void the_live_folder_is_checked_by_every_road(Transport transport) throws Exception {
        LocalDeepStorage volume = stack.volume(transport);

        assertThat(live(volume).coverage().complete()).isTrue();
        assertThat(stack.historical.host.scriptsRun.isEmpty()).isEqualTo(transport == Transport.MOUNT);
        assertThat(stack.historical.host.scriptsRun.stream().anyMatch(script -> script.contains("find . ")))
                .isEqualTo(transport == Transport.SIDECAR);
        Tool.ok(stack.shared, "rm -r segments/wiki/2024-03-01*");
        assertThat(live(volume).coverage().missing())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("wiki_2024-03-01");
    }

    @Test
    void what_the_engine_sends_for_that_check_is_counted() {
        CountingMeter meter = new CountingMeter();
        AtomicLong bytes = new AtomicLong();

        stack.volume(Transport.API).files(77, meter).forEach((name, size) -> bytes.addAndGet(size));

        assertThat(meter.guessed()).isEqualTo(77);
        assertThat(meter.done()).isEqualTo(bytes.get()).isPositive();
    }

    private CoverageReport live(LocalDeepStorage volume) {
        return CoverageCheck.check(Fixture.dump("script-backup"), Fixture.PATHS, volume.files(0, Meter.NONE), "");
    }

    @ParameterizedTest
    @Tag("SG-10")
    @EnumSource(Transport.class)
    void a_shared_folder_that_is_a_link_is_followed(Transport transport) throws Exception {
        Tool.ok(
                stack.historical.root,
                "mkdir data; mv opt/shared data/big; ln -s ../data/big opt/shared; ln -s x opt/loose");

        LocalDeepStorage volume = stack.volume(transport);
        if (transport == Transport.MOUNT) {
            stack.historical.service.mounts = List.of(
                    new Mount("/opt", stack.historical.root.resolve("opt"), Optional.empty()),
                    new Mount("/data", stack.historical.root.resolve("data"), Optional.empty()));
        }
        MadeArchive result = stack.archive(volume);

        assertThat(result.archive().transport()).contains(transport);
        assertThat(result.archive().files()).isEqualTo(54);
        assertThat(stack.index()).hasSize(54).allMatch(member -> member.path().startsWith("opt/shared/"));
    }
}
