package dolmen.deepstorage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Tool;
import dolmen.model.StepFailure;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Shared folders that are not archived at all. */
class VolumeRefusalsTest {
    @TempDir
    Path folder;

    private ArchivedStack stack;

    @BeforeEach
    void a_stack() throws Exception {
        stack = new ArchivedStack(folder);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    @Tag("DK-15")
    void the_data_folder_of_a_postgresql_is_refused(Transport transport) throws Exception {
        Tool.ok(stack.shared, "rm -r *; echo 15 > PG_VERSION; touch postmaster.pid");
        LocalDeepStorage volume = stack.volume(transport);

        assertThatThrownBy(() -> stack.archive(volume))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("/opt/shared of historical is the data folder of a PostgreSQL");
        assertThat(stack.staging).isEmptyDirectory();
    }

    @Test
    @Tag("TR-06")
    void no_folder_of_dolmen_s_own_may_lie_in_the_shared_folder() throws Exception {
        Tool.ok(folder, "mkdir root/opt/shared/state; ln -s root/opt/shared/state inbox");
        stack.historical.service.mounts = List.of(new Mount("/opt/shared", stack.shared, Optional.empty()));
        for (String own : List.of("root/opt/shared/state", "inbox", "root/opt/shared/to/come")) {
            LocalDeepStorage volume = new LocalDeepStorage(
                    stack.historical.host,
                    ArchivedStack.settings(Optional.empty()),
                    stack.scratch,
                    stack.catalog,
                    folder.resolve(own));
            assertThatThrownBy(() -> stack.archive(volume))
                    .isInstanceOf(StepFailure.Refused.class)
                    .hasMessageContaining(own);
        }
    }

    @Test
    @Tag("SG-15")
    void a_catalog_inside_the_shared_folder_is_refused_also_through_a_link() throws Exception {
        Tool.ok(folder, "mkdir root/opt/shared/backups; ln -s root/opt/shared/backups sneaky");
        stack.historical.service.mounts = List.of(new Mount("/opt/shared", stack.shared, Optional.empty()));
        for (String catalog : List.of("root/opt/shared/backups", "sneaky", "sneaky/not/there/yet")) {
            LocalDeepStorage volume = new LocalDeepStorage(
                    stack.historical.host,
                    ArchivedStack.settings(Optional.empty()),
                    stack.scratch,
                    folder.resolve(catalog));
            assertThatThrownBy(() -> stack.archive(volume))
                    .as(catalog)
                    .isInstanceOf(StepFailure.Refused.class)
                    .hasMessageContaining("lies in the shared folder");
        }
    }

    @Test
    @Tag("DK-13")
    void a_service_that_does_not_exist_is_named() {
        LocalDeepStorage volume = new LocalDeepStorage(
                stack.historical.host,
                new SegmentsSettings("historcal", "/opt/shared", Optional.empty(), List.of()),
                stack.scratch,
                stack.catalog);

        assertThatThrownBy(() -> stack.archive(volume))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("historcal");
    }
}
