package dolmen.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.Digests;
import dolmen.model.ArchiveUse;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.StackIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseSearchTest {
    private static final Label EARLIER = new Label("20261123-020000");
    private static final Label LAST = new Label("20261124-020000");
    private static final Artifact ARCHIVE = new Artifact(Artifact.SEGMENT_ARCHIVE, 5, new Checksum("0".repeat(64)));

    @TempDir
    Path folder;

    @Test
    void the_newest_good_backup_of_this_stack_is_built_on() throws Exception {
        publish(LAST);
        assertThat(find("1").base().map(backup -> backup.manifest().label())).contains(LAST);
    }

    @Test
    void nothing_is_built_on_where_there_is_no_backup_or_one_of_another_stack() throws Exception {
        assertThat(find("1").whyNot()).isEqualTo("there is no good backup yet");
        publish(LAST);
        assertThat(find("2").base()).isEmpty();
        assertThat(find("2").whyNot()).contains("not known to be of this stack");
    }

    @Test
    void nothing_is_built_on_an_archive_that_is_gone_or_has_another_size() throws Exception {
        publish(LAST);
        Files.writeString(archive(), "1234");
        assertThat(find("1").whyNot()).contains("needs the archive of " + EARLIER);
        Files.delete(archive());
        assertThat(find("1").base()).isEmpty();
    }

    @Test
    void nothing_is_built_on_an_index_that_changed() throws Exception {
        publish(LAST);
        Files.writeString(folder.resolve(LAST.text()).resolve(Artifact.SEGMENT_INDEX), "other");
        assertThat(find("1").base()).isEmpty();
        assertThat(find("1").whyNot()).contains("index of backup " + LAST);
    }

    @Test
    void nothing_is_built_on_a_backup_that_does_not_say_which_archives_it_needs() {
        Catalog catalog = new Catalog(folder);
        Path staging = catalog.stage(LAST.start());
        catalog.write(staging, Manifests.of(LAST.text(), Manifest.VERIFIED));
        catalog.publish(staging);
        assertThat(find("1").whyNot()).isEqualTo("backup " + LAST + " does not say which archives it needs");
    }

    private IncrementalBase.Found find(String systemIdentifier) {
        return new IncrementalBase(new Catalog(folder))
                .find(new StackIdentity(Optional.empty(), Optional.of(systemIdentifier), new TreeMap<>()));
    }

    private Path archive() {
        return folder.resolve(EARLIER.text()).resolve(Artifact.SEGMENT_ARCHIVE);
    }

    private void publish(Label label) throws Exception {
        Files.createDirectories(archive().getParent());
        Files.writeString(archive(), "12345");
        Catalog catalog = new Catalog(folder);
        Path staging = catalog.stage(label.start());
        Path index = Files.writeString(staging.resolve(Artifact.SEGMENT_INDEX), "index");
        Manifest manifest = Manifests.of(
                label,
                Kind.INCREMENTAL,
                List.of(Digests.artifact(index)),
                new TreeMap<>(Map.of(EARLIER, new ArchiveUse(ARCHIVE, 1, 1))));
        catalog.write(staging, manifest);
        catalog.publish(staging);
        assertThat(catalog.list().get(0).manifest()).isEqualTo(manifest);
    }
}
