package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Checksum;
import dolmen.model.Label;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole tars, of GNU tar and of Dolmen. */
class TarReaderTest {
    private static final Path BACKUPS = Path.of("src/test/resources/backups");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gnu", "oldgnu", "posix", "ustar", "v7"})
    void every_format_of_gnu_tar_is_read(String format) throws Exception {
        String name = format.equals("v7") ? "a/b" : "d:ü/" + "n".repeat(90) + "/" + "m".repeat(30);
        Tool.ok(
                folder,
                "umask 022; mkdir -p \"$(dirname '" + name + "')\"; echo content > '" + name
                        + "'; ln -s f l; echo s > s; ln s hard; [ \"$(id -u)\" != 0 ] || chown 1000:1001 '" + name
                        + "'; chmod 640 '" + name + "'; tar --format=" + format + " -cf x.tar '" + name + "' l s hard");

        List<TarMember> members = Tars.list(Files.readAllBytes(folder.resolve("x.tar")));

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

        List<TarMember> members = Tars.list(Files.readAllBytes(folder.resolve("x.tar")));

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

    @Test
    void the_content_reads_as_a_stream_too() throws Exception {
        Tars.small(folder);
        try (TarReader reader = TarReader.open(folder.resolve("x.tar"))) {
            reader.next();
            reader.next();
            assertThat(reader.content().read()).isEqualTo('1');
            assertThat(reader.content().readAllBytes()).isEqualTo("\n".getBytes());
            assertThat(HexFormat.of().formatHex(reader.content().readAllBytes()))
                    .isEmpty();
        }
    }

    @Test
    void closing_half_way_ends_at_once() throws Exception {
        Path big = folder.resolve("big.tar");
        Tool.ok(folder, "mkdir b; head -c 60000000 /dev/zero > b/x; tar -cf big.tar b");

        AtomicLong read = new AtomicLong();
        InputStream counted = new FilterInputStream(Files.newInputStream(big)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int done = super.read(buffer, offset, length);
                read.addAndGet(Math.max(done, 0));
                return done;
            }
        };
        try (TarReader reader = TarReader.of("big.tar", counted)) {
            assertThat(reader.next()).isPresent();
        }

        assertThat(read.get()).isBetween(512L, 20_000_000L);
    }
}
