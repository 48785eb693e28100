package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Extended headers that no reader should believe, each before a member that is well. */
class HostileHeaderTest {
    @Test
    void garbage_and_hostile_extended_headers_are_damage_not_a_crash() throws Exception {
        assertThatThrownBy(() ->
                        Tars.list("-- PostgreSQL database dump\n".repeat(100).getBytes()))
                .isInstanceOf(StepFailure.Damaged.class);
        for (String pax : List.of(
                "9999 path=x\n",
                "0 path=x\n",
                "x path=x\n",
                "12 path=xyz",
                "14 size=-5\n",
                "11 size=-5\n",
                "11 mtime=1e9\n",
                "13 mtime=1e9\n")) {
            byte[] tar = withPax('x', pax);
            assertThatThrownBy(() -> Tars.list(tar)).as(pax).isInstanceOf(StepFailure.Damaged.class);
        }
        assertThat(Tars.list(withPax('x', "10 path=x\n")))
                .extracting(TarMember::name)
                .containsExactly("x");
    }

    /** GNU tar applies such a header to every member after it; a check that does not would check other names. */
    @Test
    void a_global_header_that_changes_members_is_damage_and_a_comment_is_not() throws Exception {
        for (String pax :
                List.of("16 path=../../x\n", "14 linkpath=x\n", "10 size=9\n", "27 GNU.sparse.realsize=999\n")) {
            byte[] tar = withPax('g', pax);
            assertThatThrownBy(() -> Tars.list(tar)).as(pax).isInstanceOf(StepFailure.Damaged.class);
        }
        assertThat(Tars.list(withPax('g', "18 comment=abcdef\n"))).hasSize(1);
    }

    /** A tar of one empty file, with a pax header of this type before it. */
    private static byte[] withPax(char type, String content) {
        byte[] header = TarHeader.of(
                new TarMember("f", TarMember.Kind.FILE, 0, new MemberAttributes(0644, 0, 0, Instant.EPOCH), "", 0));
        byte[] tar = new byte[512 * 5];
        System.arraycopy(header, 0, tar, 1024, 512);
        header[156] = (byte) type;
        System.arraycopy(String.format("%011o", content.length()).getBytes(), 0, header, 124, 11);
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
}
