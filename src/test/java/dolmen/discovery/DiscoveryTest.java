package dolmen.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.Secret;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.stack.EngineAddress;
import dolmen.stack.FoundContainer;
import dolmen.stack.FoundContainer.PublishedPort;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    private static final BiFunction<FoundContainer, String, Optional<String>> NO_FILES =
            (container, path) -> Optional.empty();
    private static final EngineAddress ENGINE =
            new EngineAddress(URI.create("unix:///var/run/docker.sock"), Optional.empty());
    private static final Map<String, String> SHARED_ENVIRONMENT = Map.of(
            "POSTGRES_USER", "druid",
            "POSTGRES_PASSWORD", "FoolishPassword",
            "druid_metadata_storage_type", "postgresql",
            "druid_metadata_storage_connector_connectURI", "jdbc:postgresql://db:5432/meta?password=FoolishPassword",
            "druid_metadata_storage_connector_password", "FoolishPassword",
            "druid_storage_type", "local",
            "druid_storage_storageDirectory", "/opt/deep/segments",
            "druid_segmentCache_locations", "[{\"path\":\"/opt/druid/var/cache\",\"maxSize\":\"1g\"}]",
            "druid_router_managementProxy_enabled", "true");

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

    private static List<FoundContainer> stack(String project, Map<String, String> environment) {
        return List.of(
                container(project, "db", "postgres:15", List.of("postgres"), environment, "/data", 5432, 25432),
                druid(project, "master", "coordinator", environment, 8081, 28081),
                druid(project, "data", "historical", environment, 0, 0),
                druid(project, "worker", "indexer", environment, 0, 0),
                druid(project, "query", "broker", environment, 0, 0),
                druid(project, "gate", "router", environment, 8888, 28888),
                container(
                        project,
                        "bi",
                        "metabase/metabase",
                        List.of(),
                        Map.of("MB_DB_TYPE", "postgres", "MB_DB_HOST", "db", "MB_DB_PASS", "FoolishPassword"),
                        "/data",
                        3000,
                        3000));
    }

    private static FoundContainer druid(
            String project, String service, String program, Map<String, String> environment, int port, int published) {
        return container(
                project,
                service,
                "apache/druid:25.0.0",
                List.of("/druid.sh", program),
                environment,
                "/opt/deep",
                port,
                published);
    }

    private static FoundContainer container(
            String project,
            String service,
            String image,
            List<String> command,
            Map<String, String> environment,
            String mount,
            int port,
            int published) {
        SortedMap<Integer, PublishedPort> ports = new TreeMap<>();
        if (port > 0) {
            ports.put(port, new PublishedPort(Optional.empty(), published));
        }
        return new FoundContainer(
                new Service(
                        service,
                        project + service,
                        image,
                        false,
                        environment.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, each -> new Secret(each.getValue()))),
                        List.of(new Mount(mount, Path.of("/volumes", project, service), Optional.of("volume"))),
                        "root",
                        Optional.of(project)),
                project + "-" + service + "-1",
                List.of(service),
                command,
                ports);
    }

    private static Discovery discover(List<FoundContainer> containers, Optional<String> project) {
        return Discovery.of(containers, project, NO_FILES, base(), ENGINE);
    }

    private static Settings base() {
        return Settings.from(new SettingsSource(new Properties(), Map.of(), new Properties()));
    }

    /** The written file as Dolmen reads it. */
    private static Settings settings(Discovery found) throws Exception {
        Properties file = new Properties();
        file.load(new StringReader(found.text()));
        assertThat(Stream.of(file.keySet().toArray())).isNotEmpty();
        return Settings.from(new SettingsSource(file, Map.of(), new Properties()));
    }
}
