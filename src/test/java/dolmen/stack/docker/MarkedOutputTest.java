package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MarkedOutputTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final MarkedOutput marked = new MarkedOutput(out);
    private final String mark = marked.around(java.util.List.of("true")).get(3);

    @Test
    void what_is_between_the_marks_is_passed_on_however_it_is_cut() throws IOException {
        String whole = mark + " 77\nhello\n\nworld" + "\n" + mark + " 003\n";
        for (int size = 1; size < whole.length(); size++) {
            ByteArrayOutputStream piece = new ByteArrayOutputStream();
            MarkedOutput other = new MarkedOutput(piece);
            String text = whole.replace(mark, other.around(java.util.List.of()).get(3));
            feed(other, text, size);
            assertThat(piece.toString(StandardCharsets.UTF_8)).isEqualTo("hello\n\nworld");
            assertThat(other.status()).contains(3);
            assertThat(other.processGroup()).contains(77L);
        }
    }

    @Test
    void a_message_is_passed_on_at_once_also_through_a_buffer() throws IOException {
        MarkedOutput buffered = new MarkedOutput(new BufferedOutputStream(out));
        feed(buffered, buffered.around(java.util.List.of()).get(3) + " 77\n" + "x".repeat(60) + "\n", 100);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("xxxxxxxx");
    }

    @Test
    void output_without_its_last_mark_has_no_status() throws IOException {
        feed(marked, mark + " 77\nhello\n" + mark + " 00", 5);
        assertThat(marked.status()).isEmpty();
    }

    @Test
    void a_mark_that_is_followed_by_more_output_is_not_the_end() throws IOException {
        feed(marked, mark + " 77\nhello\n" + mark + " 000\nstill here", 1000);
        assertThat(marked.status()).isEmpty();
    }

    @Test
    void what_comes_instead_of_the_first_mark_is_kept_for_the_message() throws IOException {
        feed(marked, "OCI runtime exec failed: no such file\n", 7);
        assertThat(marked.processGroup()).isEmpty();
        assertThat(marked.head()).isEqualTo("OCI runtime exec failed: no such file");
        assertThat(out.size()).isZero();
    }

    private static void feed(MarkedOutput marked, String text, int size) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            marked.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
        }
    }
}
