package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change or vanish while they are packed. */
class ChangingFilesTest {
    @TempDir
    Path folder;

    private PackedFolder packed;

    @BeforeEach
    void a_folder() throws IOException {
        packed = new PackedFolder(folder);
    }

    @Test
    @Tag("SG-04")
    void a_file_that_vanishes_is_named_and_the_tar_stays_whole() throws Exception {
        Tool.ok(packed.source, "echo 1 > a; echo 2 > b; mkdir c; echo 3 > c/x; echo 4 > d");

        WrittenTar written = packed.write(member -> {
            if (member.path().endsWith("/a")) {
                delete(packed.source.resolve("b"));
                delete(packed.source.resolve("c"));
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
        Path kernel = Path.of("/sys/module/kernel/parameters");

        WrittenTar written = TarWriter.write(
                new TarSource(kernel, "opt/shared", path -> !path.toString().equals("panic"), name -> false),
                packed.tar,
                PackedFolder.LABEL,
                packed.index::add);

        assertThat(written.changed()).containsExactly("opt/shared/panic");
        Member member = packed.index.get(0);
        assertThat(packed.content(member)).endsWith(new byte[1024]).hasSize(4096);
        assertThat(member.sha256()).isEqualTo(PackedFolder.sha256(packed.content(member)));
        Tool.ok(folder, "tar -tf druid_shared.tar");
    }

    @Test
    @Tag("SG-04")
    void a_file_that_grows_all_the_time_is_cut_and_named() throws Exception {
        Path log = Files.write(packed.source.resolve("intermediate.log"), new byte[40 << 20]);
        Files.writeString(packed.source.resolve("z"), "last");
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> append(log, stop));
        writer.start();
        WrittenTar written;
        try {
            written = packed.write();
        } finally {
            stop.set(true);
            writer.join();
        }

        assertThat(written.changed()).containsExactly("opt/shared/intermediate.log");
        assertThat(Tool.ok(folder, "tar -tf druid_shared.tar").lines()).hasSize(3);
        assertThat(TarInspector.list(packed.tar, member -> {}).files()).isEqualTo(2);
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
}
