package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.StepFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarReaderTest {
    private static final Path BACKUPS = Path.of("src/test/resources/backups");

    @TempDir
    Path folder;

    private static List<TarMember> list(byte[] tar) {
        List<TarMember> members = new ArrayList<>();
        try (TarReader reader = TarReader.of("some.tar", new ByteArrayInputStream(tar))) {
            reader.next().ifPresent(members::add);
            for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                members.add(next.get());
            }
        }
        return members;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "oldgnu", "posix", "ustar", "v7"})
    void every_format_of_gnu_tar_is_read(String format) throws Exception {
        String name = format.equals("v7") ? "a/b" : "d:ü/" + "n".repeat(90) + "/" + "m".repeat(30);
        Tool.ok(
                folder,
                "umask 022; mkdir -p \"$(dirname '" + name + "')\"; echo content > '" + name
                        + "'; ln -s f l; echo s > s; ln s hard; [ \"$(id -u)\" != 0 ] || chown 1000:1001 '" + name
                        + "'; chmod 640 '" + name + "'; tar --format=" + format + " -cf x.tar '" + name + "' l s hard");

        List<TarMember> members = list(Files.readAllBytes(folder.resolve("x.tar")));

        assertThat(members).extracting(TarMember::name).containsExactly(name, "l", "s", "hard");
        assertThat(members.get(0).size()).isEqualTo(8);
        assertThat(members.get(0).attributes().mode()).isEqualTo(0640);
        if (Tool.root()) {
            assertThat(members.get(0).attributes().userId()).isEqualTo(1000);
            assertThat(members.get(0).attributes().groupId()).isEqualTo(1001);
        }
        assertThat(members.get(1).kind()).isEqualTo(TarMember.Kind.SYMLINK);
        assertThat(members.get(1).link()).isEqualTo("f");
        assertThat(members.get(3).kind()).isEqualTo(TarMember.Kind.HARDLINK);
        assertThat(members.get(3).link()).isEqualTo("s");
    }

    @ParameterizedTest
    @Tag("SG-06")
    @ValueSource(strings = {"gnu", "posix"})
    void names_of_gnu_tar_beyond_255_bytes_and_links_beyond_100_are_read(String format) throws Exception {
        String name = "x".repeat(200) + "/" + "y".repeat(200) + "/f";
        String link = "z".repeat(180);
        Tool.ok(
                folder,
                "mkdir -p $(dirname " + name + "); echo 1 > " + name + "; ln -s " + link + " l; tar --format=" + format
                        + " -cf x.tar " + name + " l");

        List<TarMember> members = list(Files.readAllBytes(folder.resolve("x.tar")));

        assertThat(members.get(0).name()).isEqualTo(name);
        assertThat(members.get(1).link()).isEqualTo(link);
    }

    @Test
    void the_scripts_tar_is_read_with_checksums_that_gnu_tar_confirms() throws Exception {
        Path tar = BACKUPS.resolve("script-backup/druid_shared.tar");
        Map<String, String> sums = new TreeMap<>();

        TarSummary summary = TarInspector.digest(
                tar, (member, sum) -> sum.ifPresent(found -> sums.put(member.name(), found.sha256())));

        String expected = Tool.ok(
                folder,
                "tar -xf " + tar.toAbsolutePath() + " && find opt -type f | LC_ALL=C sort | xargs -d '\\n' sha256sum");
        assertThat(expected.lines())
                .containsExactlyElementsOf(sums.entrySet().stream()
                        .map(entry -> entry.getValue() + "  " + entry.getKey())
                        .toList());
        assertThat(summary.tar()).isEqualTo(Digests.artifact(tar));
        assertThat(summary.files()).isEqualTo(sums.size()).isGreaterThan(48);
        assertThat(summary.members()).isEqualTo(109);
    }

    @Test
    void a_reader_tells_the_same_offsets_and_checksums_as_the_writer() throws Exception {
        Path source = Files.createDirectory(folder.resolve("source"));
        Tool.ok(source, "head -c 5000000 /dev/urandom > big; for i in 1 2 3 4; do echo $i > f$i; done");
        Map<Long, Checksum> written = new TreeMap<>();
        Path tar = folder.resolve("x.tar");
        WrittenTar result = TarWriter.write(
                TarSource.of(source, "opt/shared"),
                tar,
                new Label("20261124-020000"),
                member -> written.put(member.offset(), member.sha256()));

        Map<Long, Checksum> read = new TreeMap<>();
        TarSummary summary =
                TarInspector.digest(tar, (member, sum) -> sum.ifPresent(found -> read.put(member.offset(), found)));

        assertThat(read).isEqualTo(written).hasSize(5);
        assertThat(summary.tar()).isEqualTo(result.tar());
        assertThat(summary.bytes()).isEqualTo(result.bytes());
    }

    private byte[] smallTar() throws Exception {
        Tool.ok(
                folder,
                "mkdir -p a; echo 1 > a/one; head -c 1500 /dev/zero > a/two; echo 3 > a/three;"
                        + " tar --sort=name -cf x.tar a");
        return Files.readAllBytes(folder.resolve("x.tar"));
    }

    @Test
    @Tag("VF-10")
    void a_tar_cut_between_two_members_is_damaged_although_gnu_tar_lists_it() throws Exception {
        byte[] tar = smallTar();
        byte[] cut = Arrays.copyOf(tar, 512 + 1024);
        Files.write(folder.resolve("cut.tar"), cut);
        assertThat(Tool.run(folder, "tar -tf cut.tar").status()).isZero();

        assertThatThrownBy(() -> list(cut))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("some.tar is damaged")
                .hasMessageContaining("no end-of-archive marker")
                .hasMessageContaining("byte 1536")
                .hasMessageContaining("a/one");
    }

    @Test
    @Tag("VF-10")
    void a_tar_cut_anywhere_before_its_end_marker_is_damaged() throws Exception {
        byte[] tar = smallTar();
        int whole = 512 + 1024 + 1024 + 2048 + 1024;

        for (int length = 0; length < whole; length += 97) {
            byte[] cut = Arrays.copyOf(tar, length);
            assertThatThrownBy(() -> list(cut)).as("cut at %d", length).isInstanceOf(StepFailure.Damaged.class);
        }
        assertThat(list(Arrays.copyOf(tar, whole))).hasSize(4);
    }

    @Test
    void every_flipped_bit_of_a_header_is_damaged() throws Exception {
        byte[] tar = smallTar();

        for (int bit = 0; bit < 512 * 8; bit++) {
            int at = bit / 8;
            if (at == 148 || at == 154 || at == 155) {
                continue; // a leading zero of the checksum, and what ends it, may be a blank as well
            }
            byte[] flipped = tar.clone();
            flipped[512 + at] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> list(flipped)).as("byte %d", at).isInstanceOf(StepFailure.Damaged.class);
        }
    }

    @Test
    @Tag("VF-10")
    void a_flipped_bit_of_a_content_changes_both_checksums() throws Exception {
        byte[] tar = smallTar();
        Path file = folder.resolve("x.tar");
        List<Optional<Checksum>> before = new ArrayList<>();
        Checksum whole = TarInspector.digest(file, (member, sum) -> before.add(sum))
                .tar()
                .sha256();
        tar[1024] ^= 1;
        Files.write(file, tar);

        List<Optional<Checksum>> after = new ArrayList<>();
        Checksum changed =
                TarInspector.digest(file, (member, sum) -> after.add(sum)).tar().sha256();

        assertThat(changed).isNotEqualTo(whole);
        assertThat(after.get(1)).isNotEqualTo(before.get(1));
        assertThat(after.get(2)).isEqualTo(before.get(2));
    }

    @Test
    void bytes_behind_the_end_marker_are_damage() throws Exception {
        byte[] tar = smallTar();
        tar[tar.length - 1] = 1;

        assertThatThrownBy(() -> list(tar)).hasMessageContaining("behind its end-of-archive marker");
    }

    @Test
    void garbage_and_hostile_extended_headers_are_damage_not_a_crash() throws Exception {
        assertThatThrownBy(
                        () -> list("-- PostgreSQL database dump\n".repeat(100).getBytes()))
                .isInstanceOf(StepFailure.Damaged.class);
        for (String pax :
                List.of("9999 path=x\n", "0 path=x\n", "x path=x\n", "12 path=xyz", "14 size=-5\n", "11 mtime=1e9\n")) {
            byte[] tar = withPax(pax);
            assertThatThrownBy(() -> list(tar)).as(pax).isInstanceOf(StepFailure.Damaged.class);
        }
    }

    /** GNU tar applies such a header to every member after it; a check that does not would check other names. */
    @Test
    void a_global_header_that_changes_members_is_damage_and_a_comment_is_not() throws Exception {
        for (String pax :
                List.of("16 path=../../x\n", "14 linkpath=x\n", "10 size=9\n", "27 GNU.sparse.realsize=999\n")) {
            byte[] tar = withPax(pax);
            tar[156] = 'g';
            checksum(tar);
            assertThatThrownBy(() -> list(tar)).as(pax).isInstanceOf(StepFailure.Damaged.class);
        }
        byte[] commented = withPax("18 comment=abcdef\n");
        commented[156] = 'g';
        checksum(commented);
        assertThat(list(commented)).hasSize(1);
    }

    private static void checksum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (int at = 0; at < 512; at++) {
            sum += header[at] & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(), 0, header, 148, 8);
    }

    private static byte[] withPax(String content) {
        byte[] tar = new byte[512 * 5];
        byte[] header = TarHeader.of(new TarMember(
                "f", TarMember.Kind.FILE, 0, new MemberAttributes(0644, 0, 0, java.time.Instant.EPOCH), "", 0));
        System.arraycopy(header, 0, tar, 1024, 512);
        header[156] = 'x';
        byte[] size = String.format("%011o", content.length()).getBytes();
        System.arraycopy(size, 0, header, 124, 11);
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(), 0, header, 148, 8);
        System.arraycopy(header, 0, tar, 0, 512);
        System.arraycopy(content.getBytes(), 0, tar, 512, content.length());
        return tar;
    }

    @Test
    void a_stream_that_breaks_may_be_tried_again_and_says_where() throws Exception {
        InputStream broken = new java.io.SequenceInputStream(
                new ByteArrayInputStream(Arrays.copyOf(smallTar(), 1600)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("connection reset");
                    }
                });

        assertThatThrownBy(() -> {
                    try (TarReader reader = TarReader.of("the volume", broken)) {
                        while (reader.next().isPresent()) {
                            reader.content().skip(Long.MAX_VALUE);
                        }
                    }
                })
                .isInstanceOf(StepFailure.Unavailable.class)
                .hasMessageContaining("the volume");
    }

    @Test
    void closing_half_way_ends_at_once() throws Exception {
        Path big = folder.resolve("big.tar");
        Tool.ok(folder, "mkdir b; head -c 60000000 /dev/zero > b/x; tar -cf big.tar b");

        try (TarReader reader = TarReader.open(big)) {
            assertThat(reader.next()).isPresent();
        }
    }

    @Test
    void the_content_reads_as_a_stream_too() throws Exception {
        smallTar();
        try (TarReader reader = TarReader.open(folder.resolve("x.tar"))) {
            reader.next();
            reader.next();
            assertThat(reader.content().read()).isEqualTo('1');
            assertThat(reader.content().readAllBytes()).isEqualTo("\n".getBytes());
            assertThat(HexFormat.of().formatHex(reader.content().readAllBytes()))
                    .isEmpty();
        }
    }
}
