package dolmen.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.settings.Settings;
import dolmen.stack.EngineAddress;
import dolmen.stack.FoundContainer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscoveryTest extends ComposeStacks {
    @Test
    void a_compose_stack_is_written_down_with_where_each_value_was_seen_and_without_a_secret() throws Exception {
        Discovery found = discover(stack("shop", SHARED_ENVIRONMENT), Optional.empty());

        assertThat(found.notes()).isEmpty();
        assertThat(found.text())
                .contains("# the label com.docker.compose.project\ndolmen.stack.project=shop\n")
                .contains("# druid_metadata_storage_connector_connectURI\ndolmen.metadata.service=db\n")
                .contains("dolmen.metadata.database=meta\n")
                .contains(
                        "the mount that holds /opt/deep/segments, druid_storage_storageDirectory\ndolmen.segments.path=/opt/deep\n")
                .doesNotContain("FoolishPassword");
        Settings settings = settings(found);
        assertThat(settings.stack().services()).containsExactly("gate", "query", "worker", "data", "master");
        assertThat(settings.segments().service()).isEqualTo("data");
        assertThat(settings.segments().caches()).containsExactly("data:/opt/druid/var/cache");
        assertThat(settings.druid().url()).hasToString("http://127.0.0.1:28888");
        assertThat(settings.metabase().service()).isEqualTo("bi");
        assertThat(settings.metabase().postgresService()).isEqualTo("db");
    }

    @Test
    void an_engine_of_another_machine_is_written_down_and_ports_are_published_there() throws Exception {
        Discovery found = Discovery.of(
                stack("shop", SHARED_ENVIRONMENT),
                Optional.empty(),
                NO_FILES,
                base(),
                new EngineAddress(URI.create("tcp://engine:2375"), Optional.empty()));

        assertThat(settings(found).stack().dockerHost()).isEqualTo("tcp://engine:2375");
        assertThat(settings(found).druid().url()).hasToString("http://engine:28888");
    }

    @Test
    void what_is_the_default_is_told_but_not_set() throws Exception {
        Discovery found = discover(
                List.of(
                        container(
                                "p",
                                "postgres",
                                "postgres:15",
                                List.of(),
                                Map.of("POSTGRES_USER", "druid"),
                                "/data",
                                0,
                                0),
                        druid("p", "historical", "historical", Map.of(), 0, 0)),
                Optional.empty());

        assertThat(found.text()).contains("(the default)\n#dolmen.segments.service=historical\n");
    }

    @Test
    void what_the_environment_does_not_say_is_read_from_the_properties_of_the_image() throws Exception {
        Map<String, String> files = Map.of(
                "/opt/druid/conf/druid/cluster/_common/common.runtime.properties",
                "druid.storage.type=local\ndruid.storage.storageDirectory=var/druid/segments\n"
                        + "druid.metadata.storage.type=derby\n",
                "/opt/druid/conf/druid/cluster/data/historical/runtime.properties",
                "druid.segmentCache.locations=[{\"path\":\"var/druid/segment-cache\"}]");
        Discovery found = Discovery.of(
                List.of(druid("p", "historical", "historical", Map.of(), 0, 0)),
                Optional.empty(),
                (container, path) -> Optional.ofNullable(files.get(path)),
                base(),
                ENGINE);

        assertThat(found.notes()).anyMatch(note -> note.contains("metadata in derby"));
        assertThat(settings(found).segments().path()).isEqualTo("/opt/druid/var/druid/segments");
        assertThat(settings(found).segments().caches())
                .containsExactly("historical:/opt/druid/var/druid/segment-cache");
    }

    @Test
    void a_mount_that_holds_segment_caches_too_is_not_taken_for_the_shared_folder() throws Exception {
        FoundContainer historical = container(
                "p",
                "historical",
                "apache/druid:25.0.0",
                List.of("/druid.sh", "historical"),
                Map.of(
                        "druid_storage_storageDirectory", "/opt/druid/var/deep",
                        "druid_segmentCache_locations", "[{\"path\":\"/opt/druid/var/cache\"}]"),
                "/opt/druid/var",
                0,
                0);
        assertThat(settings(discover(List.of(historical), Optional.empty()))
                        .segments()
                        .path())
                .isEqualTo("/opt/druid/var/deep");
    }

    @Test
    void a_router_without_the_management_proxy_gives_way_to_the_coordinator() throws Exception {
        List<FoundContainer> stack = List.of(
                druid("p", "historical", "historical", Map.of(), 0, 0),
                druid("p", "router", "router", Map.of(), 8888, 8888),
                druid("p", "coordinator", "coordinator", Map.of(), 8081, 9081));
        Discovery found = discover(stack, Optional.empty());

        assertThat(settings(found).druid().url()).hasToString("http://127.0.0.1:9081");
        assertThat(found.notes()).anyMatch(note -> note.contains("druid.router.managementProxy.enabled=true"));
    }

    @Test
    void what_only_a_person_knows_is_left_to_be_filled_in() throws Exception {
        List<FoundContainer> stack = List.of(
                druid("p", "historical", "historical", Map.of(), 0, 0),
                druid("p", "coordinator", "coordinator", Map.of("druid_auth_authenticatorChain", "[\"basic\"]"), 0, 0));

        assertThat(discover(stack, Optional.empty()).text())
                .contains("# FILL IN: ", "#dolmen.druid.url=", "#dolmen.druid.password-file=");
    }

    @Test
    void segment_caches_that_cannot_be_read_are_noted_once() {
        Map<String, String> environment = Map.of(
                "druid_storage_storageDirectory", "/opt/deep/segments", "druid_segmentCache_locations", "no list");
        List<FoundContainer> stack = List.of(druid("p", "historical", "historical", environment, 0, 0));

        assertThat(discover(stack, Optional.empty()).notes())
                .filteredOn(note -> note.contains("druid_segmentCache_locations cannot be read"))
                .hasSize(1);
    }

    @Test
    void a_port_that_is_no_number_is_taken_for_the_default() throws Exception {
        List<FoundContainer> stack = List.of(
                druid("p", "historical", "historical", Map.of(), 0, 0),
                druid("p", "coordinator", "coordinator", Map.of("druid_plaintextPort", "${PORT}"), 8081, 9081));

        assertThat(settings(discover(stack, Optional.empty())).druid().url()).hasToString("http://127.0.0.1:9081");
    }

    @Test
    void the_server_of_metabases_database_is_told_by_the_variable_that_names_it() {
        Map<String, String> address = Map.of("MB_DB_CONNECTION_URI", "postgres://metabase:FoolishPassword@db:5432/mb");
        List<FoundContainer> stack = List.of(
                container("p", "db", "postgres:15", List.of("postgres"), Map.of(), "/data", 0, 0),
                druid("p", "historical", "historical", Map.of(), 0, 0),
                container("p", "bi", "metabase/metabase", List.of(), address, "/data", 0, 0));

        assertThat(discover(stack, Optional.empty()).text())
                .contains("# MB_DB_CONNECTION_URI of p-bi-1\ndolmen.metabase.postgres-service=db\n")
                .doesNotContain("FoolishPassword");
    }
}
