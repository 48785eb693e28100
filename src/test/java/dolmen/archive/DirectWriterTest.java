package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectWriterTest {
    private static final Path TMPFS = Path.of("/dev/shm");
    private static final int PIECE = 64 << 10;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 4096, 4097, PIECE})
    void a_last_piece_of_any_length_is_written_whole(int last) throws Exception {
        assertThat(copy(content(last), folder)).isEqualTo(content(last));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 513})
    void a_file_system_of_memory_gets_the_same_bytes(int last) throws Exception {
        Path memory = Files.createTempDirectory(TMPFS, "dolmen-");
        try {
            assertThat(copy(content(last), memory)).isEqualTo(content(last));
        } finally {
            Files.delete(memory.resolve("file"));
            Files.delete(memory);
        }
    }

    private static byte[] content(int last) {
        byte[] content = new byte[3 * PIECE + last];
        new Random(last).nextBytes(content);
        return content;
    }

    private static byte[] copy(byte[] content, Path folder) throws Exception {
        Path target = folder.resolve("file");
        try (PartFile file = PartFile.create(target);
                DirectWriter writer = new DirectWriter(file)) {
            ByteBuffer buffer = writer.buffer(PIECE);
            for (int start = 0; start < content.length; start += PIECE) {
                buffer.clear();
                buffer.put(content, start, Math.min(PIECE, content.length - start));
                writer.write(buffer.flip());
            }
            file.publish();
        }
        return Files.readAllBytes(target);
    }
}
