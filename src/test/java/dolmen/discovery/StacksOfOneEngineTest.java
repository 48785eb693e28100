package dolmen.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Refused;
import dolmen.settings.Settings;
import dolmen.stack.FoundContainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several stacks of one engine, and what belongs to none of them. */
class StacksOfOneEngineTest extends ComposeStacks {
    @Test
    @Tag("T40")
    void t40_no_project_is_set_where_a_container_outside_of_it_is_needed() throws Exception {
        List<FoundContainer> containers = new ArrayList<>(stack("shop", SHARED_ENVIRONMENT));
        containers.remove(0);
        containers.add(container("base", "db", "postgres:15", List.of(), Map.of(), "/data", 5432, 25432));
        Map<String, String> environment = new HashMap<>(SHARED_ENVIRONMENT);
        environment.put("druid_metadata_storage_connector_connectURI", "jdbc:postgresql://base-db-1:5432/meta");
        containers.add(0, druid("shop", "master", "coordinator", environment, 8081, 28081));
        containers.remove(1);

        Settings settings = settings(discover(containers, Optional.empty()));

        assertThat(settings.stack().project()).isEmpty();
        assertThat(settings.metadata().service()).isEqualTo("base-db-1");
        assertThat(settings.stack().services()).contains("shop-master-1", "shop-data-1");
    }

    @Test
    void two_stacks_with_the_same_service_names_are_refused_and_listed_until_a_project_is_named() throws Exception {
        List<FoundContainer> both = new ArrayList<>(stack("shop", SHARED_ENVIRONMENT));
        both.addAll(stack("lab", SHARED_ENVIRONMENT));

        assertThatThrownBy(() -> discover(both, Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessageContainingAll("project lab", "project shop", "shop-data-1, not running")
                .satisfies(failure -> assertThat(((Refused) failure).hint()).contains("--project NAME"));
        assertThat(settings(discover(both, Optional.of("lab"))).stack().project())
                .contains("lab");
        assertThatThrownBy(() -> discover(both, Optional.of("lap")))
                .isInstanceOf(Refused.class)
                .hasMessageContainingAll("of project 'lap'", "project lab", "project shop");
    }

    @Test
    void an_engine_without_a_druid_stack_is_refused_with_what_was_looked_for() {
        FoundContainer trino =
                container("trino", "coordinator", "trinodb/trino", List.of("run"), Map.of(), "/data", 8080, 8080);
        assertThatThrownBy(() -> discover(List.of(trino), Optional.empty()))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("no Druid stack among the 1 containers");
    }
}
