package dolmen.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Secret;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Containers as compose makes them, and what is discovered of them. */
abstract class ComposeStacks {
    static final BiFunction<FoundContainer, String, Optional<String>> NO_FILES = (container, path) -> Optional.empty();
    static final EngineAddress ENGINE = new EngineAddress(URI.create("unix:///var/run/docker.sock"), Optional.empty());
    static final Map<String, String> SHARED_ENVIRONMENT = Map.of(
            "POSTGRES_USER", "druid",
            "POSTGRES_PASSWORD", "FoolishPassword",
            "druid_metadata_storage_type", "postgresql",
            "druid_metadata_storage_connector_connectURI", "jdbc:postgresql://db:5432/meta?password=FoolishPassword",
            "druid_metadata_storage_connector_password", "FoolishPassword",
            "druid_storage_type", "local",
            "druid_storage_storageDirectory", "/opt/deep/segments",
            "druid_segmentCache_locations", "[{\"path\":\"/opt/druid/var/cache\",\"maxSize\":\"1g\"}]",
            "druid_router_managementProxy_enabled", "true");

    static List<FoundContainer> stack(String project, Map<String, String> environment) {
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

    static FoundContainer druid(
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

    static FoundContainer container(
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

    static Discovery discover(List<FoundContainer> containers, Optional<String> project) {
        return Discovery.of(containers, project, NO_FILES, base(), ENGINE);
    }

    static Settings base() {
        return Settings.from(new SettingsSource(new Properties(), Map.of(), new Properties()));
    }

    /** The written file as Dolmen reads it. */
    static Settings settings(Discovery found) throws Exception {
        Properties file = new Properties();
        file.load(new StringReader(found.text()));
        assertThat(Stream.of(file.keySet().toArray())).isNotEmpty();
        return Settings.from(new SettingsSource(file, Map.of(), new Properties()));
    }
}
