package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Artifact;
import dolmen.model.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written, as GNU tar and coreutils read it. */
class TarWriterTest {
    @TempDir
    Path folder;

    private PackedFolder packed;

    @BeforeEach
    void a_folder() throws IOException {
        packed = new PackedFolder(folder);
    }

    @Test
    void gnu_tar_unpacks_what_was_written_with_owners_modes_times_and_links() throws Exception {
        Tool.ok(packed.source, """
                mkdir -p segments/wiki/2024-03-01T00:00:00.000Z_2024-03-02T00:00:00.000Z/v/0/index empty
                head -c 3000000 /dev/urandom > segments/wiki/2024-03-01T00:00:00.000Z_2024-03-02T00:00:00.000Z/v/0/index/00000.smoosh
                printf '' > leer; printf x > 'Größe ü 漢.txt'; printf y > ' with space'; printf z > '-dash'
                chmod 640 leer; chmod 700 empty; touch -d '2001-02-03T04:05:06.789012345Z' leer; ln -s segments/wiki link
                [ "$(id -u)" != 0 ] || chown -R 1000:3000000 segments
                """);

        WrittenTar written = packed.write();

        // Commons Compress keeps times to 100 ns
        String listing =
                "find . -printf '%U:%G %m %T@ %y %l %P\\n' | sed -E 's/(\\.[0-9]{7})[0-9]{3}/\\1/' | LC_ALL=C sort";
        Path out = Files.createDirectory(folder.resolve("out"));
        Tool.ok(out, "tar -xpf ../druid_shared.tar --numeric-owner && diff -r ../source opt/shared");
        assertThat(Tool.ok(out.resolve("opt/shared"), listing)).isEqualTo(Tool.ok(packed.source, listing));
        assertThat(written.files()).isEqualTo(5);
        assertThat(written.bytes()).isEqualTo(3000003);
        assertThat(written.vanished()).isEmpty();
        assertThat(written.changed()).isEmpty();
        assertThat(written.leftOut()).isEmpty();
    }

    @Test
    void the_index_and_the_artifact_say_what_coreutils_say() throws Exception {
        Tool.ok(
                packed.source,
                "mkdir a; head -c 1234567 /dev/urandom > a/x; head -c 511 /dev/urandom > b; printf '' > c");

        Artifact artifact = packed.write().tar();

        assertThat(Tool.ok(folder, "sha256sum < druid_shared.tar"))
                .startsWith(artifact.sha256().sha256());
        assertThat(artifact).isEqualTo(Digests.artifact(packed.tar));
        assertThat(packed.index)
                .extracting(Member::path)
                .containsExactly("opt/shared/a/x", "opt/shared/b", "opt/shared/c");
        assertThat(packed.index).allMatch(member -> member.label().equals(PackedFolder.LABEL));
        for (Member member : packed.index) {
            assertThat(packed.content(member))
                    .isEqualTo(Files.readAllBytes(
                            packed.source.resolve(member.path().substring(11))));
            assertThat(member.sha256()).isEqualTo(PackedFolder.sha256(packed.content(member)));
        }
    }

    @Test
    void the_same_folder_gives_the_same_tar() throws Exception {
        Tool.ok(packed.source, "for i in 5 3 9 1; do mkdir d$i; echo $i > d$i/f; done");

        Artifact first = packed.write().tar();

        assertThat(packed.index)
                .extracting(Member::path)
                .containsExactly("opt/shared/d1/f", "opt/shared/d3/f", "opt/shared/d5/f", "opt/shared/d9/f");
        assertThat(packed.write().tar()).isEqualTo(first);
    }

    @Test
    @Tag("SG-06")
    void names_beyond_100_and_255_bytes_survive_in_gnu_tar() throws Exception {
        String path137 = "wikipedia/2020-01-01T00:00:00.000Z_2020-01-02T00:00:00.000Z/2024-05-01T10:11:12.131Z/0/"
                + "d9b2d63d-a233-4123-847a-9e0f6a2b7a11/index.zip";
        String path300 = "ü".repeat(60) + "/" + "y".repeat(200) + "/index.zip";
        for (String path : List.of(path137, path300)) {
            Files.createDirectories(packed.source.resolve(path).getParent());
            Files.writeString(packed.source.resolve(path), "content");
        }

        packed.write();

        assertThat(Tool.ok(folder, "tar --quoting-style=literal -tf druid_shared.tar")
                        .lines())
                .contains("opt/shared/" + path137, "opt/shared/" + path300);
    }

    @Test
    @Tag("SG-07")
    void a_size_of_nine_gibibytes_is_announced_so_that_gnu_tar_reads_it() throws Exception {
        byte[] header = TarHeader.of(new TarMember(
                "big.bin", TarMember.Kind.FILE, 9L << 30, new MemberAttributes(0644, 0, 0, Instant.EPOCH), "", 0));
        Files.write(packed.tar, header);

        assertThat(Tool.run(folder, "truncate -s +9G druid_shared.tar; tar -tvf druid_shared.tar")
                        .output())
                .contains("9663676416");
    }

    @Test
    void what_a_restore_cannot_take_is_left_out_with_a_reason() throws Exception {
        Tool.ok(
                packed.source,
                "mkfifo pipe; ln -s /etc/passwd out; ln -s ../.. up; mkdir d; ln -s ../d d/in; echo 1 > f");

        WrittenTar written = packed.write();

        assertThat(written.leftOut()).hasSize(3).anyMatch(reason -> reason.contains("opt/shared/pipe"));
        assertThat(written.leftOut()).anyMatch(reason -> reason.contains("/etc/passwd"));
        assertThat(Tool.ok(folder, "tar -tf druid_shared.tar"))
                .isEqualTo("opt/shared/\nopt/shared/d/\nopt/shared/d/in\nopt/shared/f\n");
    }
}
