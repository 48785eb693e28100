package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of which nothing is unpacked. */
class RefusedTarsTest {
    private static final Path SCRIPT = Path.of("src/test/resources/backups/script-backup/druid_shared.tar");
    private static final Unpacking ALL = new Unpacking("opt/shared", Long.MAX_VALUE);

    @TempDir
    Path folder;

    private static TarMember member(String name, TarMember.Kind kind, String link) {
        return new TarMember(name, kind, 0, new MemberAttributes(0755, 0, 0, Instant.EPOCH), link, 0);
    }

    private Path tar(TarMember... members) throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (TarMember member : members) {
            // the header writer strips what is hostile, so names are put into the raw record
            byte[] header = TarHeader.of(member.named("x"));
            put(header, 0, member.name());
            tar.write(header);
        }
        tar.write(new byte[1024]);
        return Files.write(folder.resolve("hostile.tar"), tar.toByteArray());
    }

    private static void put(byte[] header, int offset, String name) {
        java.util.Arrays.fill(header, offset, offset + 100, (byte) 0);
        System.arraycopy(name.getBytes(), 0, header, offset, name.length());
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(), 0, header, 148, 8);
    }

    @Test
    void every_hostile_member_is_refused_before_anything_is_written() throws Exception {
        TarMember good = member("opt/shared/good", TarMember.Kind.FILE, "");
        TarMember inside = member("opt/shared/link", TarMember.Kind.SYMLINK, "good");
        Map<String, TarMember[]> hostile = Map.ofEntries(
                Map.entry("absolute", new TarMember[] {good, member("/opt/shared/x", TarMember.Kind.FILE, "")}),
                Map.entry("climbs", new TarMember[] {good, member("opt/shared/../../x", TarMember.Kind.FILE, "")}),
                Map.entry("elsewhere", new TarMember[] {good, member("etc/x", TarMember.Kind.FILE, "")}),
                Map.entry("sibling", new TarMember[] {good, member("opt/shared2/x", TarMember.Kind.FILE, "")}),
                Map.entry("above", new TarMember[] {good, member("opt", TarMember.Kind.FILE, "")}),
                Map.entry("through", new TarMember[] {good, inside, member("opt/shared/link/x", TarMember.Kind.FILE, "")
                }),
                Map.entry("under a file", new TarMember[] {good, member("opt/shared/good/x", TarMember.Kind.FILE, "")}),
                Map.entry("link over folder", new TarMember[] {
                    good,
                    member("opt/shared/d/x", TarMember.Kind.FILE, ""),
                    member("opt/shared/d", TarMember.Kind.SYMLINK, "good")
                }),
                Map.entry("link out", new TarMember[] {good, member("opt/shared/l", TarMember.Kind.SYMLINK, "/etc")}),
                Map.entry("link up", new TarMember[] {good, member("opt/shared/l", TarMember.Kind.SYMLINK, "../x")}),
                Map.entry(
                        "crooked link",
                        new TarMember[] {good, member("opt/shared/l", TarMember.Kind.SYMLINK, "a/../../x")}),
                Map.entry(
                        "hard link out",
                        new TarMember[] {good, member("opt/shared/l", TarMember.Kind.HARDLINK, "/etc/passwd")}),
                Map.entry("hard link to a link", new TarMember[] {
                    good, inside, member("opt/shared/l", TarMember.Kind.HARDLINK, "opt/shared/link")
                }),
                Map.entry("twice", new TarMember[] {good, good}),
                Map.entry(
                        "twice with a dot",
                        new TarMember[] {good, member("./opt//shared/./good", TarMember.Kind.FILE, "")}),
                Map.entry("root is a link", new TarMember[] {member("opt/shared", TarMember.Kind.SYMLINK, "good")}));
        for (Map.Entry<String, TarMember[]> each : hostile.entrySet()) {
            Path tar = tar(each.getValue());
            assertThatThrownBy(() -> TarExtractor.extract(TarFile.of(tar), folder.resolve("target"), ALL))
                    .as(each.getKey())
                    .isInstanceOf(StepFailure.Damaged.class)
                    .hasMessageContaining("hostile.tar");
            assertThat(folder.resolve("target")).doesNotExist();
        }
    }

    @Test
    @Needs(Need.ROOT)
    void devices_and_pipes_are_refused() throws Exception {
        Tool.ok(
                folder,
                "mkdir -p opt/shared; mkfifo opt/shared/pipe; tar -cf p.tar opt; rm opt/shared/pipe;"
                        + " mknod opt/shared/null c 1 3; tar -cf d.tar opt");

        for (String tar : List.of("p.tar", "d.tar")) {
            assertThatThrownBy(
                            () -> TarExtractor.extract(TarFile.of(folder.resolve(tar)), folder.resolve("target"), ALL))
                    .isInstanceOf(StepFailure.Damaged.class);
        }
    }

    @Test
    void a_cut_tar_is_refused_before_anything_is_written() throws Exception {
        Path cut = folder.resolve("cut.tar");
        byte[] whole = Files.readAllBytes(SCRIPT);
        Files.write(cut, java.util.Arrays.copyOf(whole, whole.length / 2 / 512 * 512));

        assertThatThrownBy(() -> TarExtractor.extract(TarFile.of(cut), folder.resolve("target"), ALL))
                .isInstanceOf(StepFailure.Damaged.class);
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void a_tar_larger_than_allowed_is_refused_before_anything_is_written() {
        assertThatThrownBy(() -> TarExtractor.extract(
                        TarFile.of(SCRIPT), folder.resolve("target"), new Unpacking("opt/shared", 100_000)))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("100000 bytes");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void nothing_is_unpacked_over_other_files() throws Exception {
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.writeString(target.resolve("stale"), "x");

        assertThatThrownBy(() -> TarExtractor.extract(TarFile.of(SCRIPT), target, ALL))
                .isInstanceOf(StepFailure.Refused.class);
        assertThat(target.resolve("stale")).hasContent("x");
    }
}
