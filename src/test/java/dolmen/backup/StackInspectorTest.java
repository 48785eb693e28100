package dolmen.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.database.postgres.PostgresFixture;
import dolmen.metadata.postgres.PostgresMetadata;
import dolmen.model.Secret;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.stack.Mount;
import dolmen.stack.memory.MemoryHost;
import dolmen.stack.memory.MemoryService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StackInspectorTest {
    @Test
    @Tag("SG-16")
    void a_stack_whose_metadata_is_not_in_postgresql_is_refused() throws Exception {
        for (String type : List.of("derby", "mysql")) {
            assertThatThrownBy(() -> inspector(type).identity())
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("in " + type + " (druid_metadata_storage_type of coordinator)");
        }
        assertThat(inspector("postgresql").identity().containers()).containsKey("coordinator");
    }

    @Test
    @Tag("T10")
    void t10_the_shared_folder_is_where_the_engine_has_it() throws Exception {
        assertThat(sharedFolder(new Mount("/opt/shared", Path.of("/volumes/1/_data"), Optional.of("stack_shared"))))
                .contains("stack_shared");
        assertThat(sharedFolder(new Mount("/opt", Path.of("/volumes/1/_data"), Optional.of("stack_opt"))))
                .contains("stack_opt/shared");
        assertThat(sharedFolder(new Mount("/opt/shared", Path.of("/seen/here"), Optional.empty(), "/srv/on-the-host")))
                .contains("/srv/on-the-host");
        assertThat(sharedFolder(new Mount("/data", Path.of("/srv/data"), Optional.empty())))
                .isEmpty();
    }

    @Test
    @Tag("T10")
    void t10_the_name_and_the_database_are_those_of_the_settings() throws Exception {
        StackIdentity stack = inspector("postgresql", List.of()).identity();
        assertThat(stack.name()).contains("shop");
        assertThat(stack.database()).contains("druid");
        assertThat(stack.systemIdentifier())
                .isEqualTo(new PostgresMetadata(
                                PostgresFixture.shared().local(),
                                PostgresFixture.shared().settings("postgres"))
                        .systemIdentifier());
    }

    private static Optional<String> sharedFolder(Mount mount) throws Exception {
        return inspector("postgresql", List.of(mount)).identity().sharedFolder();
    }

    private static StackInspector inspector(String type) throws Exception {
        return inspector(type, List.of());
    }

    private static StackInspector inspector(String type, List<Mount> mounts) throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        MemoryHost host = new MemoryHost();
        MemoryService coordinator = host.service("coordinator");
        coordinator.id = "c0ffee";
        coordinator.environment = Map.of("druid_metadata_storage_type", new Secret(type));
        coordinator.mounts = mounts;
        Properties properties = new Properties();
        properties.setProperty("dolmen.stack.name", "shop");
        properties.setProperty("dolmen.segments.service", "coordinator");
        Settings settings = Settings.from(new SettingsSource(properties, Map.of(), new Properties()));
        return new StackInspector(
                host, new PostgresMetadata(postgres.local(), postgres.settings("postgres")), settings);
    }
}
