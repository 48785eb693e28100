package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.archive.Tool;
import dolmen.model.Artifact;
import dolmen.model.Json;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.NothingToRestore;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileManifestTest {
    private static final Label LABEL = new Label("20261124-020000");

    @TempDir
    Path home;

    private Catalog catalog;
    private Path file;
    private String good;

    @BeforeEach
    void a_backup() throws Exception {
        catalog = new Catalog(home.resolve("backup"));
        Path staging = catalog.stage(LABEL.start());
        catalog.write(staging, Manifests.of(LABEL.text(), Manifest.VERIFIED));
        file = catalog.publish(staging).resolve(Artifact.MANIFEST);
        good = Files.readString(file);
    }

    @Test
    void a_newer_format_is_refused_with_both_numbers() throws Exception {
        for (String newer : List.of("3", "4294967297", "99999999999999999999")) {
            refused(
                    text -> text.replace("\"format\" : 2", "\"format\" : " + newer),
                    "has format " + newer + ", this Dolmen reads up to 2");
        }
    }

    @Test
    void a_format_that_is_no_number_is_refused() throws Exception {
        for (String wrong : List.of("\"1\"", "0", "-1", "1.5", "null", "[1]", "true")) {
            refused(text -> text.replace("\"format\" : 2", "\"format\" : " + wrong), "format");
        }
        refused(text -> text.replace("\"format\" : 2,", ""), "format");
    }

    @Test
    void members_that_are_missing_or_of_a_wrong_type_are_refused() throws Exception {
        for (String member : List.of("label", "begin", "verdict", "stack", "tables", "artifacts", "warnings")) {
            refused(text -> changed(text, member, "null"), "cannot read the manifest");
            refused(text -> changed(text, member, "{\"a\": [[]]}"), "cannot read the manifest");
        }
        refused(text -> changed(text, "transport", "{\"a\": [[]]}"), "cannot read the manifest");
        refused(text -> changed(text, "archives", "[1]"), "cannot read the manifest");
        refused(text -> changed(text, "kind", "\"differential\""), "cannot read the manifest");
        refused(text -> changed(text, "label", "\"../../etc\""), "cannot read the manifest");
        refused(text -> "[" + text + "]", "format");
        refused(text -> "", "format");
        refused(text -> "\u0000\u0001\u0002", "cannot read the manifest");
    }

    @Test
    void nesting_without_an_end_is_refused() throws Exception {
        refused(text -> changed(text, "warnings", "[".repeat(200_000)), "cannot read the manifest");
    }

    @Test
    void artifacts_that_no_backup_has_are_refused() throws Exception {
        for (String name : List.of("../x", "/etc/passwd", "manifest.json", "druid_shared.tar/..", "", "extra.bin")) {
            refused(text -> changed(text, "artifacts", "[" + artifact(name, 1) + "]"), "'" + name + "'");
        }
        refused(text -> changed(text, "artifacts", "[" + artifact("druid_shared.tar", -1) + "]"), "druid_shared.tar");
        String twice = artifact("druid_shared.tar", 1) + "," + artifact("druid_shared.tar", 2);
        refused(text -> changed(text, "artifacts", "[" + twice + "]"), "druid_shared.tar");
    }

    @Test
    void a_manifest_of_gigabytes_is_refused_unread() throws Exception {
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(20L << 30);
        }
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> catalog.find(LABEL))
                        .isInstanceOf(Damaged.class)
                        .hasMessageContaining("larger"));
    }

    @Test
    void a_pipe_a_folder_and_a_link_are_no_manifest_and_nothing_waits_for_them() throws Exception {
        String name = "'" + file + "'";
        for (String make : List.of("mkfifo " + name, "mkdir " + name, "ln -s /dev/zero " + name)) {
            Tool.ok(home, "rm -rf " + name + "; " + make);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatThrownBy(() -> catalog.find(LABEL))
                            .as(make)
                            .isInstanceOf(Damaged.class)
                            .hasMessageContaining("no regular file"));
        }
    }

    @Test
    void a_label_that_is_a_link_is_no_backup_of_this_catalog() throws Exception {
        Tool.ok(catalog.folder(), "mv 20261124-020000 ../elsewhere; ln -s ../elsewhere 20261124-020000");

        assertThat(catalog.labels()).isEmpty();
        assertThatThrownBy(() -> catalog.find(LABEL))
                .isInstanceOf(NothingToRestore.class)
                .hasMessageContaining("is a link");
        assertThatThrownBy(() -> AnyStack.OWN.choose(catalog::goodOrDamaged, catalog::noneGood))
                .isInstanceOf(NothingToRestore.class);
    }

    private void refused(UnaryOperator<String> change, String said) throws Exception {
        String changed = change.apply(good);
        assertThat(changed).isNotEqualTo(good);
        Files.writeString(file, changed);
        assertThatThrownBy(() -> catalog.find(LABEL))
                .as(changed.substring(0, Math.min(2000, changed.length())))
                .isInstanceOf(Damaged.class)
                .hasMessageContaining(said);
    }

    private static String artifact(String name, long bytes) {
        return "{\"name\": \"" + name + "\", \"bytes\": " + bytes + ", \"sha256\": \"" + "0".repeat(64) + "\"}";
    }

    private static String changed(String text, String member, String value) {
        try {
            ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(text);
            return tree.put(member, "@@").toString().replace("\"@@\"", value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
