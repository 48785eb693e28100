package dolmen.deepstorage;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.deepstorage.local.Fixture;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedPrefixTest {
    @TempDir
    Path folder;

    private Optional<String> prefix(String files, String arguments) throws Exception {
        Tool.ok(
                folder,
                "rm -rf t && mkdir t && cd t && for f in " + files
                        + "; do mkdir -p $(dirname $f); echo 1 > $f; done; mkdir -p opt/shared; tar -cf ../x.tar "
                        + arguments);
        return SharedPrefix.find(TarFile.of(folder.resolve("x.tar")), Fixture.PATHS);
    }

    @Test
    void the_names_of_every_way_to_pack_the_folder_are_understood() throws Exception {
        String files = "opt/shared/segments/wiki/v/0/index/x opt/shared/indexing-logs/y.log";

        assertThat(prefix(files, "opt/shared")).contains("opt/shared");
        assertThat(prefix(files, "./opt/shared")).contains("opt/shared");
        assertThat(prefix(files, "-C opt shared")).contains("shared");
        assertThat(prefix(files, "-C opt/shared .")).contains("");
        assertThat(prefix(files, "-C opt/shared segments indexing-logs")).contains("");
    }

    @Test
    void folders_of_other_stacks_are_found_by_their_segments() throws Exception {
        assertThat(prefix("data/druid/segments/a/segments/x data/druid/logs/y", "data"))
                .contains("data/druid");
        assertThat(prefix("opt/shared/deep/wiki/x", "opt")).contains("opt/shared");
    }

    @Test
    void a_folder_without_any_file_is_known_by_its_name_alone() throws Exception {
        assertThat(prefix("other", "opt/shared")).contains("opt/shared");
    }

    @Test
    void what_is_no_shared_folder_is_none() throws Exception {
        assertThat(prefix("metabase-data/metabase.db.mv.db", "metabase-data")).isEmpty();
        assertThat(prefix("a/segments/x b/y", "a b")).isEmpty();
    }
}
