package dolmen.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.metadata.MetadataStore;
import dolmen.metadata.PostgresFixture;
import dolmen.metadata.TestHost;
import dolmen.model.Secret;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.stack.Service;
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

    private static StackInspector inspector(String type) throws Exception {
        PostgresFixture postgres = PostgresFixture.shared();
        Service coordinator = new Service(
                "coordinator",
                "c0ffee",
                "druid",
                true,
                Map.of("druid_metadata_storage_type", new Secret(type)),
                List.of(),
                "",
                Optional.empty());
        Settings settings = Settings.from(new SettingsSource(new Properties(), Map.of(), new Properties()));
        return new StackInspector(
                new TestHost(coordinator, Path.of("/nowhere"), Map.of()),
                new MetadataStore(postgres.local(), postgres.settings("postgres")),
                settings);
    }
}
