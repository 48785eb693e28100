package dolmen.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class WholeTarStreamTest {
    @Test
    void a_stream_that_ends_with_two_empty_blocks_is_whole_however_often_its_end_is_read() throws IOException {
        byte[] bytes = new byte[512 + 1024];
        bytes[511] = 1;
        for (int size : new int[] {1, 7, 512, 4096}) {
            WholeTarStream tar = new WholeTarStream(new ByteArrayInputStream(bytes), "it");
            long count = 0;
            byte[] buffer = new byte[size];
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                count += read;
            }
            assertThat(count).isEqualTo(bytes.length);
            assertThat(tar.read()).isEqualTo(-1);
            assertThat(tar.skip(10)).isZero();
        }
    }

    @Test
    void to_skip_a_negative_number_of_bytes_skips_nothing() throws IOException {
        assertThat(new WholeTarStream(new ByteArrayInputStream(new byte[1024]), "it").skip(-1))
                .isZero();
    }

    @Test
    void a_stream_that_ends_anywhere_else_throws_at_its_end() {
        byte[] bytes = new byte[512 + 1023];
        bytes[511] = 1;
        WholeTarStream tar = new WholeTarStream(new ByteArrayInputStream(bytes), "it");
        assertThatThrownBy(() -> tar.transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(EOFException.class)
                .hasMessage("the archive of it broke off");
    }
}
