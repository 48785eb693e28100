package dolmen.deepstorage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.DeepStorages;
import dolmen.app.ServedStack;
import dolmen.archive.TarMember;
import dolmen.archive.TarReader;
import dolmen.deepstorage.LoadPaths;
import dolmen.deepstorage.local.Fixture;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on a stack whose segments are objects: nothing of a run knows where deep storage is. */
class MemoryRunsTest {
    @TempDir
    Path home;

    private final MemoryStore store = new MemoryStore();
    private ServedStack dolmen;

    @BeforeEach
    void a_stack_without_a_shared_folder() throws Exception {
        Path gone = home.resolve("shared");
        DeepStorages kinds = new DeepStorages(Map.of(
                "local", (settings, host, scratch) -> new MemoryDeepStorage(store, new LoadPaths("local", gone + ""))));
        fill();
        dolmen = new ServedStack(
                home, kinds, path -> store.has(path.substring(gone.toString().length() + 1)));
        Files.delete(gone.resolve("segments"));
        Files.delete(gone);
    }

    @AfterEach
    void ends() {
        dolmen.close();
    }

    private void fill() throws IOException {
        try (TarReader tar = TarReader.ofUnhashed("the script's tar", Files.newInputStream(Fixture.SCRIPT_TAR))) {
            for (Optional<TarMember> next = tar.next(); next.isPresent(); next = tar.next()) {
                if (next.get().isFile()) {
                    store.put(
                            next.get().name().substring("opt/shared/".length()),
                            tar.content().readAllBytes());
                }
            }
        }
    }

    @Test
    void a_backup_saves_the_objects_and_a_restore_brings_them_back() {
        SortedMap<String, byte[]> before = store.objects();

        Report backup = dolmen.backup();
        assertThat(backup.succeeded()).as(backup.summary()).isTrue();

        store.remove("segments/wiki/");
        store.put("segments/clicks/later", new byte[] {1});
        dolmen.stack.sql("DELETE FROM druid_segments WHERE datasource = 'wiki'");
        Report restore = dolmen.run(RunRequest.of(Operation.RESTORE, Origin.COMMAND));

        assertThat(restore.succeeded()).as(restore.summary()).isTrue();
        assertThat(store.objects()).usingRecursiveComparison().isEqualTo(before);
        assertThat(dolmen.stack.postgres.query(dolmen.stack.database, WIKI)).isEqualTo("4");
        assertThat(home.resolve("shared")).doesNotExist();
    }

    private static final String WIKI = "SELECT count(*) FROM druid_segments WHERE datasource = 'wiki'";
}
