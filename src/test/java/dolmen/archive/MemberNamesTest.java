package dolmen.archive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberNamesTest {
    @ParameterizedTest
    @CsvSource({
        "a, b, true",
        "a/b, ../c, true",
        "a/b, ../../c, false",
        "a, ../c, false",
        "a, /c, false",
        "a, '', false",
        "a, ., true",
        "a/b, c/../d, false",
        "a/b/c, ../../d/e, true",
        "a/b, .., true",
        "a/b, ./../x, true"
    })
    void a_link_stays_inside_only_when_it_surely_does(String link, String target, boolean inside) {
        assertThat(MemberNames.staysInside(link, target)).isEqualTo(inside);
    }

    @Test
    void names_are_made_plain_or_refused() {
        assertThat(MemberNames.plain("./opt//shared/./x/")).contains("opt/shared/x");
        assertThat(MemberNames.plain("./")).contains("");
        assertThat(MemberNames.plain("/opt")).isEmpty();
        assertThat(MemberNames.plain("opt/../x")).isEmpty();
        assertThat(MemberNames.plain("a\0b")).isEmpty();
        assertThat(MemberNames.plain("opt/..x/x..")).contains("opt/..x/x..");
    }

    @Test
    void a_prefix_ends_at_a_slash() {
        assertThat(MemberNames.below("opt/shared", "opt/shared2")).isEmpty();
        assertThat(MemberNames.below("opt/shared", "opt/shared/x")).contains("x");
        assertThat(MemberNames.below("opt/shared", "opt/shared")).contains("");
        assertThat(MemberNames.below("", "x")).contains("x");
    }
}
