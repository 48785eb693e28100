package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Checksum;
import dolmen.model.StepFailure;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tars that are cut, changed or no tars, and streams that break. */
class DamagedTarTest {
    @TempDir
    Path folder;

    @Test
    @Tag("VF-10")
    void a_tar_cut_between_two_members_is_damaged_although_gnu_tar_lists_it() throws Exception {
        byte[] tar = Tars.small(folder);
        byte[] cut = Arrays.copyOf(tar, 512 + 1024);
        Files.write(folder.resolve("cut.tar"), cut);
        assertThat(Tool.run(folder, "tar -tf cut.tar").status()).isZero();

        assertThatThrownBy(() -> Tars.list(cut))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("some.tar is damaged")
                .hasMessageContaining("no end-of-archive marker")
                .hasMessageContaining("byte 1536")
                .hasMessageContaining("a/one");
    }

    @Test
    @Tag("VF-10")
    void a_tar_cut_anywhere_before_its_end_marker_is_damaged() throws Exception {
        byte[] tar = Tars.small(folder);
        int whole = 512 + 1024 + 1024 + 2048 + 1024;

        for (int length = 0; length < whole; length += 97) {
            byte[] cut = Arrays.copyOf(tar, length);
            assertThatThrownBy(() -> Tars.list(cut)).as("cut at %d", length).isInstanceOf(StepFailure.Damaged.class);
        }
        assertThat(Tars.list(Arrays.copyOf(tar, whole))).hasSize(4);
    }

    @Test
    void every_flipped_bit_of_a_header_is_damaged() throws Exception {
        byte[] tar = Tars.small(folder);

        for (int bit = 0; bit < 512 * 8; bit++) {
            int at = bit / 8;
            if (at == 148 || at == 154 || at == 155) {
                continue; // a leading zero of the checksum, and what ends it, may be a blank as well
            }
            byte[] flipped = tar.clone();
            flipped[512 + at] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Tars.list(flipped)).as("byte %d", at).isInstanceOf(StepFailure.Damaged.class);
        }
    }

    @Test
    @Tag("VF-10")
    void a_flipped_bit_of_a_content_changes_both_checksums() throws Exception {
        byte[] tar = Tars.small(folder);
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
        byte[] tar = Tars.small(folder);
        tar[tar.length - 1] = 1;

        assertThatThrownBy(() -> Tars.list(tar))
                .isInstanceOf(StepFailure.Damaged.class)
                .hasMessageContaining("behind its end-of-archive marker");
    }

    @Test
    void a_stream_that_breaks_may_be_tried_again_and_says_where() throws Exception {
        InputStream broken = new SequenceInputStream(
                new ByteArrayInputStream(Arrays.copyOf(Tars.small(folder), 1600)), new InputStream() {
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
    void a_stream_that_cannot_be_closed_leaves_no_thread() throws Exception {
        AtomicReference<Thread> reading = new AtomicReference<>();
        InputStream stream = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                reading.set(Thread.currentThread());
                return super.read(buffer, offset, length);
            }

            @Override
            public void close() throws IOException {
                throw new IOException("the line is down");
            }
        };
        TarReader reader = TarReader.of("x.tar", stream);
        assertThatThrownBy(reader::next).isInstanceOf(StepFailure.Damaged.class);

        assertThatThrownBy(reader::close).hasRootCauseMessage("the line is down");

        reading.get().join(Duration.ofSeconds(10).toMillis());
        assertThat(reading.get().isAlive()).isFalse();
    }
}
