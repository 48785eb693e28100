package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarWriterTest {
    private static final Label LABEL = new Label("20261124-020000");

    @TempDir
    Path folder;

    private Path source;
    private Path tar;
    private final List<Member> index = new ArrayList<>();

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectory(folder.resolve("source"));
        tar = folder.resolve("druid_shared.tar");
    }

    private WrittenTar write() {
        return write(index::add);
    }

    private WrittenTar write(Consumer<Member> consumer) {
        return TarWriter.write(TarSource.of(source, "opt/shared"), tar, LABEL, consumer);
    }

    @Test
    void gnu_tar_unpacks_what_was_written_with_owners_modes_times_and_links() throws Exception {
        Tool.ok(source, """
                mkdir -p segments/wiki/2024-03-01T00:00:00.000Z_2024-03-02T00:00:00.000Z/v/0/index empty
                head -c 3000000 /dev/urandom > segments/wiki/2024-03-01T00:00:00.000Z_2024-03-02T00:00:00.000Z/v/0/index/00000.smoosh
                printf '' > leer; printf x > 'Größe ü 漢.txt'; printf y > ' with space'; printf z > '-dash'
                chmod 640 leer; chmod 700 empty; touch -d '2001-02-03T04:05:06.789012345Z' leer; ln -s segments/wiki link
                [ "$(id -u)" != 0 ] || chown -R 1000:3000000 segments
                """);

        WrittenTar written = write();

        // Commons Compress keeps times to 100 ns
        String listing =
                "find . -printf '%U:%G %m %T@ %y %l %P\\n' | sed -E 's/(\\.[0-9]{7})[0-9]{3}/\\1/' | LC_ALL=C sort";
        Path out = Files.createDirectory(folder.resolve("out"));
        Tool.ok(out, "tar -xpf ../druid_shared.tar --numeric-owner && diff -r ../source opt/shared");
        assertThat(Tool.ok(out.resolve("opt/shared"), listing)).isEqualTo(Tool.ok(source, listing));
        assertThat(written.files()).isEqualTo(5);
        assertThat(written.bytes()).isEqualTo(3000003);
        assertThat(written.vanished()).isEmpty();
        assertThat(written.changed()).isEmpty();
        assertThat(written.leftOut()).isEmpty();
    }

    @Test
    void the_index_and_the_artifact_say_what_coreutils_say() throws Exception {
        Tool.ok(source, "mkdir a; head -c 1234567 /dev/urandom > a/x; head -c 511 /dev/urandom > b; printf '' > c");

        Artifact artifact = write().tar();

        assertThat(Tool.ok(folder, "sha256sum < druid_shared.tar"))
                .startsWith(artifact.sha256().sha256());
        assertThat(artifact).isEqualTo(Digests.artifact(tar));
        assertThat(index).extracting(Member::path).containsExactly("opt/shared/a/x", "opt/shared/b", "opt/shared/c");
        assertThat(index).allMatch(member -> member.label().equals(LABEL));
        for (Member member : index) {
            assertThat(content(member))
                    .isEqualTo(Files.readAllBytes(source.resolve(member.path().substring(11))));
            assertThat(member.sha256()).isEqualTo(sha256(content(member)));
        }
    }

    private byte[] content(Member member) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(tar.toFile(), "r")) {
            byte[] content = new byte[(int) member.size()];
            file.seek(member.offset());
            file.readFully(content);
            return content;
        }
    }

    private static Checksum sha256(byte[] content) {
        return new Checksum(HexFormat.of().formatHex(Checksum.digest().digest(content)));
    }

    @Test
    void the_same_folder_gives_the_same_tar() throws Exception {
        Tool.ok(source, "for i in 5 3 9 1; do mkdir d$i; echo $i > d$i/f; done");

        Artifact first = write().tar();

        assertThat(write().tar()).isEqualTo(first);
    }

    @Test
    @Tag("SG-06")
    void names_beyond_100_and_255_bytes_survive_in_gnu_tar() throws Exception {
        String path137 = "wikipedia/2020-01-01T00:00:00.000Z_2020-01-02T00:00:00.000Z/2024-05-01T10:11:12.131Z/0/"
                + "d9b2d63d-a233-4123-847a-9e0f6a2b7a11/index.zip";
        String path300 = "ü".repeat(60) + "/" + "y".repeat(200) + "/index.zip";
        for (String path : List.of(path137, path300)) {
            Files.createDirectories(source.resolve(path).getParent());
            Files.writeString(source.resolve(path), "content");
        }

        write();

        assertThat(Tool.ok(folder, "tar --quoting-style=literal -tf druid_shared.tar")
                        .lines())
                .contains("opt/shared/" + path137, "opt/shared/" + path300);
    }

    @Test
    @Tag("SG-07")
    void a_size_of_nine_gibibytes_is_announced_so_that_gnu_tar_reads_it() throws Exception {
        byte[] header = TarHeader.of(new TarMember(
                "big.bin", TarMember.Kind.FILE, 9L << 30, new MemberAttributes(0644, 0, 0, Instant.EPOCH), "", 0));
        Files.write(tar, header);

        assertThat(Tool.run(folder, "truncate -s +9G druid_shared.tar; tar -tvf druid_shared.tar")
                        .output())
                .contains("9663676416");
    }

    @Test
    @Tag("SG-04")
    void a_file_that_vanishes_is_named_and_the_tar_stays_whole() throws Exception {
        Tool.ok(source, "echo 1 > a; echo 2 > b; mkdir c; echo 3 > c/x; echo 4 > d");

        WrittenTar written = write(member -> {
            if (member.path().endsWith("/a")) {
                delete(source.resolve("b"));
                delete(source.resolve("c"));
            }
        });

        assertThat(written.vanished()).containsExactly("opt/shared/b", "opt/shared/c");
        assertThat(Tool.ok(folder, "tar -tf druid_shared.tar")).isEqualTo("opt/shared/\nopt/shared/a\nopt/shared/d\n");
    }

    private static void delete(Path path) {
        try {
            Trees.delete(path);
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    @Tag("SG-04")
    void a_file_that_is_shorter_than_announced_is_filled_up_and_named() throws Exception {
        // the kernel says 4096 bytes for each of these files and then gives fewer
        source = Path.of("/sys/kernel/mm/transparent_hugepage");
        assumeTrue(Files.exists(source.resolve("enabled")));

        WrittenTar written = TarWriter.write(
                new TarSource(source, "opt/shared", path -> !path.toString().equals("enabled")),
                tar,
                LABEL,
                index::add);

        assertThat(written.changed()).containsExactly("opt/shared/enabled");
        assertThat(content(index.get(0))).endsWith(new byte[1024]).hasSize(4096);
        assertThat(index.get(0).sha256()).isEqualTo(sha256(content(index.get(0))));
        Tool.ok(folder, "tar -tf druid_shared.tar");
    }

    @Test
    @Tag("SG-04")
    void a_file_that_grows_all_the_time_is_cut_and_named() throws Exception {
        Path log = Files.write(source.resolve("intermediate.log"), new byte[40 << 20]);
        Files.writeString(source.resolve("z"), "last");
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> append(log, stop));
        writer.start();
        WrittenTar written;
        try {
            written = write();
        } finally {
            stop.set(true);
            writer.join();
        }

        assertThat(written.changed()).containsExactly("opt/shared/intermediate.log");
        assertThat(Tool.ok(folder, "tar -tf druid_shared.tar").lines()).hasSize(3);
        assertThat(TarInspector.list(tar, member -> {}).files()).isEqualTo(2);
    }

    private static void append(Path log, AtomicBoolean stop) {
        while (!stop.get()) {
            try {
                Files.write(log, new byte[100], StandardOpenOption.APPEND);
            } catch (IOException refused) {
                throw new AssertionError(refused);
            }
        }
    }

    @Test
    void what_a_restore_cannot_take_is_left_out_with_a_reason() throws Exception {
        Tool.ok(source, "mkfifo pipe; ln -s /etc/passwd out; ln -s ../.. up; mkdir d; ln -s ../d d/in; echo 1 > f");

        WrittenTar written = write();

        assertThat(written.leftOut()).hasSize(3).anyMatch(reason -> reason.contains("opt/shared/pipe"));
        assertThat(written.leftOut()).anyMatch(reason -> reason.contains("/etc/passwd"));
        assertThat(Tool.ok(folder, "tar -tf druid_shared.tar"))
                .isEqualTo("opt/shared/\nopt/shared/d/\nopt/shared/d/in\nopt/shared/f\n");
    }

    @Test
    @Tag("SG-05")
    void an_unreadable_file_is_a_failure_that_names_it_and_leaves_nothing() {
        // a file that even root may only write
        source = Path.of("/proc/sys/net/ipv4/route");
        assumeTrue(Files.exists(source.resolve("flush")));

        assertThatThrownBy(this::write)
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("/proc/sys/net/ipv4/route/flush");
        assertThat(folder.resolve("druid_shared.tar")).doesNotExist();
        assertThat(folder.resolve("druid_shared.tar.part")).doesNotExist();
    }

    @Test
    @Tag("SE-03")
    void the_unfinished_tar_is_private_from_the_first_byte() throws Exception {
        Files.writeString(source.resolve("f"), "1");

        write(member ->
                assertThat(mode(folder.resolve("druid_shared.tar.part"))).isEqualTo(0600));

        assertThat(mode(tar)).isEqualTo(0600);
    }

    private static int mode(Path path) {
        try {
            return MemberAttributes.of(path).mode();
        } catch (IOException absent) {
            throw new AssertionError(absent);
        }
    }

    @Test
    @Tag("SG-05")
    void a_full_disk_is_named_and_the_good_tar_before_it_stays() throws Exception {
        assumeTrue(Tool.root(), "mounting a small disk needs root");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Tool.ok(folder, "head -c 20000000 /dev/urandom > source/big; mount -t tmpfs -o size=5m none disk");
        try {
            Files.writeString(disk.resolve("druid_shared.tar"), "the good one");
            tar = disk.resolve("druid_shared.tar");

            assertThatThrownBy(this::write)
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining("no space left")
                    .extracting(failure -> ((StepFailure) failure).mayPass())
                    .isEqualTo(false);
            assertThat(disk).isDirectoryContaining("glob:**/druid_shared.tar");
            assertThat(Files.readString(tar)).isEqualTo("the good one");
            assertThat(disk.resolve("druid_shared.tar.part")).doesNotExist();
        } finally {
            Tool.ok(folder, "umount disk");
        }
    }
}
