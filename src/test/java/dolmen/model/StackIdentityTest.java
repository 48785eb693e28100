package dolmen.model;

import static dolmen.model.Sameness.OTHER;
import static dolmen.model.Sameness.SAME;
import static dolmen.model.Sameness.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.model.StackIdentity.ContainerIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of docs/format-2.md, "Whose backup it is". A stack is name/systemIdentifier/database/sharedFolder; - is not known. */
class StackIdentityTest {
    @ParameterizedTest
    @Tag("T10")
    @Tag("T47")
    @CsvSource({
        // a name on both sides decides
        "a/1/d/x, a/1/d/x, SAME",
        "a/1/d/x, a/2/e/y, SAME",
        "a/-/-/-, a/2/e/y, SAME",
        "a/1/d/x, b/1/d/x, OTHER",
        // a name on one side decides nothing
        "a/1/d/x, -/1/d/x, SAME",
        "a/1/d/x, -/1/e/x, OTHER",
        "a/-/-/-, -/1/d/x, UNKNOWN",
        // identifier and database
        "-/1/d/x, -/1/d/x, SAME",
        "-/1/d/x, -/2/d/x, OTHER",
        "-/1/d/x, -/1/e/x, OTHER",
        "-/-/d/x, -/1/e/x, OTHER",
        "-/-/d/x, -/1/d/x, UNKNOWN",
        "-/-/d/x, -/-/d/x, UNKNOWN",
        // a copied volume
        "-/1/d/x, -/1/d/y, OTHER",
        "-/-/d/x, -/1/d/y, OTHER",
        "-/1/d/x, -/1/d/-, SAME",
        // a backup of format 1, whose dump may name the database
        "-/1/d/x, -/1/-/-, SAME",
        "-/1/d/x, -/1/d/-, SAME",
        "-/1/d/x, -/1/e/-, OTHER",
        "-/1/d/x, -/2/-/-, OTHER",
        "-/1/d/x, -/-/-/-, UNKNOWN",
        "a/1/d/x, -/1/-/-, SAME",
        "-/-/-/-, -/-/-/-, UNKNOWN"
    })
    void t10_t47_two_stacks_are_the_same_others_or_it_cannot_be_told(String one, String other, Sameness expected) {
        assertThat(stack(one).compare(stack(other))).isEqualTo(expected);
        assertThat(stack(other).compare(stack(one))).isEqualTo(expected);
        assertThat(stack(one).is(stack(other))).isEqualTo(expected == SAME);
    }

    @Test
    void project_and_containers_decide_nothing() {
        StackIdentity before = new StackIdentity(
                Optional.empty(),
                Optional.of("1"),
                Optional.of("d"),
                Optional.of("x"),
                Optional.of("shop"),
                new TreeMap<>(Map.of("postgres", new ContainerIdentity("1", "postgres:15"))));
        assertThat(before.compare(stack("-/1/d/x"))).isEqualTo(SAME);
    }

    @Test
    void several_may_be_one_unless_two_of_them_are_known_to_be_others() {
        assertThat(StackIdentity.mayBeOne(List.of())).isTrue();
        assertThat(StackIdentity.mayBeOne(List.of(stack("-/1/d/x"), stack("-/1/-/-"), stack("-/-/-/-"))))
                .isTrue();
        assertThat(StackIdentity.mayBeOne(List.of(stack("-/1/-/-"), stack("-/1/d/x"), stack("-/1/e/x"))))
                .isFalse();
        assertThat(List.of(OTHER, UNKNOWN)).doesNotContain(stack("a/1/d/x").compare(stack("a/-/-/-")));
    }

    @Test
    void what_is_written_is_read_and_format_1_lacks_three_members() throws JsonProcessingException {
        StackIdentity whole = stack("a/1/d/x");
        String json = Json.MAPPER.writeValueAsString(whole);
        assertThat(Json.MAPPER.readValue(json, StackIdentity.class)).isEqualTo(whole);
        assertThat(Json.MAPPER.readValue(
                        "{\"project\":null,\"systemIdentifier\":\"1\",\"containers\":{}}", StackIdentity.class))
                .isEqualTo(stack("-/1/-/-"));
        assertThat(Json.MAPPER.readValue(json.replace("\"x\"", "\"\""), StackIdentity.class))
                .isEqualTo(stack("a/1/d/-"));
    }

    @Test
    void a_person_reads_the_name_or_what_else_tells_it_from_others() {
        assertThat(stack("shop/1/d/x").words()).isEqualTo("stack shop");
        assertThat(stack("-/1/d/x").words()).isEqualTo("database d, PostgreSQL 1, shared folder x");
        assertThat(stack("-/-/-/-").words()).isEqualTo("a stack that is not known");
        assertThat(stack("sh\u001bop/1/d/x").words()).isEqualTo("stack sh?op");
    }

    private static StackIdentity stack(String text) {
        List<Optional<String>> members = List.of(text.split("/")).stream()
                .map(member -> Optional.of(member).filter(known -> !known.equals("-")))
                .toList();
        return new StackIdentity(
                members.get(0), members.get(1), members.get(2), members.get(3), Optional.empty(), new TreeMap<>());
    }
}
