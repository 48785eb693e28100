package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupState;
import dolmen.model.Json;
import dolmen.model.Label;
import dolmen.model.Layout;
import dolmen.model.Manifest;
import dolmen.model.NewerFormat;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of format 1 is read for ever; one of format 2 has the members that the specification says; a newer one is refused. */
class FormatOneTest {
    private static final Path FIRST = Path.of("src/test/resources/first-version/manifest.json");
    private static final Label LABEL = new Label("20261031-020000");

    @TempDir
    Path folder;

    @Test
    void a_manifest_of_format_1_is_read_as_what_it_says_in_the_members_of_today() throws Exception {
        publish(Files.readString(FIRST));

        Backup backup = AnyStack.newestGood(new Catalog(folder));

        Manifest manifest = backup.manifest();
        assertThat(manifest.format()).isEqualTo(1);
        assertThat(manifest.layout()).isEqualTo(Layout.TAR);
        assertThat(manifest.transport()).contains(Transport.MOUNT);
        assertThat(manifest.reasons()).isEmpty();
        assertThat(manifest.consistency().complete()).isTrue();
        assertThat(manifest.consistency().accepted()).isEmpty();
        assertThat(backup.state()).isEqualTo(BackupState.VERIFIED);
    }

    @Test
    void what_was_read_of_format_1_can_be_kept_and_read_again() throws Exception {
        publish(Files.readString(FIRST));
        Manifest manifest = AnyStack.newestGood(new Catalog(folder)).manifest();
        Catalog other = new Catalog(folder.resolve("records"));
        other.write(SafeFiles.folder(other.folder().resolve(LABEL.text())), manifest);

        assertThat(AnyStack.newestGood(other).manifest()).isEqualTo(manifest);
    }

    @Test
    void a_layout_that_is_not_known_and_a_newer_format_are_refused_by_name() throws Exception {
        Manifest manifest = Manifests.of(LABEL.text(), Manifest.VERIFIED);
        String text = Json.MAPPER.writeValueAsString(manifest);
        for (List<String> newer : List.of(
                List.of("\"layout\":\"tar\"", "\"layout\":\"objects\"", "the word 'objects'"),
                List.of("\"format\":2", "\"format\":3", "has format 3, this Dolmen reads up to 2"),
                List.of("\"transport\"", "\"road\"", "the member 'road'"))) {
            assertThat(text).contains(newer.get(0));
            publish(text.replace(newer.get(0), newer.get(1)));
            assertThatThrownBy(() -> new Catalog(folder).find(LABEL))
                    .isInstanceOfSatisfying(
                            Damaged.class, refused -> assertThat(refused.hint()).isEqualTo(NewerFormat.HINT))
                    .hasMessageContaining(newer.get(2));
        }
    }

    @Test
    void the_specification_lists_the_members_that_are_written() throws Exception {
        JsonNode written = Json.MAPPER.valueToTree(Manifests.of(LABEL.text(), Manifest.VERIFIED));
        String page = Files.readString(Path.of("docs/format.md"));
        String table = page.substring(page.indexOf("## manifest.json"), page.indexOf("### Whose backup it is"));
        List<String> members = new ArrayList<>();
        written.fieldNames().forEachRemaining(members::add);

        assertThat(members).allSatisfy(member -> assertThat(table).contains("`" + member + "`"));
        assertThat(written.path("consistency").fieldNames())
                .toIterable()
                .allSatisfy(member -> assertThat(table).contains("`" + member + "`"));
    }

    private void publish(String manifest) throws Exception {
        Files.writeString(SafeFiles.folder(folder.resolve(LABEL.text())).resolve(Artifact.MANIFEST), manifest);
    }
}
