package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dolmen.app.Application;
import dolmen.progress.Display;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ToDefinition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The packages that Dolmen is made of are declared and used: an endpoint by a route of the application as {@code dolmen
 * run} starts it, a library by the code.
 */
class PackagesTest {
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>([^<]+)</artifactId>");

    private static final Set<String> SCHEMES = new TreeSet<>();

    @TempDir
    static Path home;

    private static Set<String> named;
    private static Set<String> namedByTests;

    @BeforeAll
    static void dolmen_run_with_its_defaults() throws Exception {
        ExecutorService process = Executors.newSingleThreadExecutor();
        DefaultCamelContext context = new DefaultCamelContext();
        Application application = new Application(settings(), Map.of(), Display.NONE, context);
        Future<?> served = process.submit(() -> {
            application.serve();
            return null;
        });
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            served.isDone() || context.isStarted() && context.getRoute("schedule-watchdog") != null);
            context.getRoutes().stream().map(Route::getEndpoint).forEach(PackagesTest::uses);
            context.getRouteDefinitions().stream()
                    .flatMap(route -> route.getOutputs().stream())
                    .filter(ToDefinition.class::isInstance)
                    .map(output -> ((ToDefinition) output).getEndpointUri())
                    .map(context::hasEndpoint)
                    .forEach(PackagesTest::uses);
        } finally {
            application.close();
            process.shutdown();
        }
        served.get();
        named = named(new ClassFileImporter().importPath(Path.of("target/classes")));
        namedByTests = named(new ClassFileImporter().importPath(Path.of("target/test-classes")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel-core",
                "camel-main",
                "camel-docker",
                "camel-file",
                "camel-quartz",
                "camel-http",
                "commons-compress",
                "camel-test-junit5"
            })
    void a_package_is_declared(String artifact) throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        String dependencies = pom.substring(pom.indexOf("</dependencyManagement>"), pom.indexOf("<build>"));
        assertThat(ARTIFACT.matcher(dependencies).results().map(found -> found.group(1)))
                .contains(artifact);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "file", "quartz", "http"})
    void an_endpoint_of_the_package_is_in_a_route(String scheme) {
        assertThat(SCHEMES).contains(scheme);
    }

    @ParameterizedTest
    @CsvSource({
        "camel-core, org.apache.camel.impl.DefaultCamelContext",
        "camel-core, org.apache.camel.builder.RouteBuilder",
        "camel-main, org.apache.camel.main.Main",
        "commons-compress, org.apache.commons.compress.archivers.tar.TarArchiveOutputStream"
    })
    void the_code_names_a_class_of_the_package(String artifact, String type) {
        assertThat(named).as(artifact).contains(type);
    }

    @Test
    void a_test_is_one_of_camel_s() {
        assertThat(namedByTests).contains("org.apache.camel.test.junit5.CamelTestSupport");
    }

    private static Settings settings() {
        Properties file = new Properties();
        file.setProperty("dolmen.catalog.path", home.resolve("backup").toString());
        file.setProperty("dolmen.inbox.path", home.resolve("inbox").toString());
        file.setProperty("dolmen.dead-letter.path", home.resolve("dead-letter").toString());
        file.setProperty("dolmen.state.path", home.resolve("state").toString());
        file.setProperty("dolmen.http.enabled", "false");
        return Settings.from(new SettingsSource(file, Map.of(), new Properties()));
    }

    private static void uses(Endpoint endpoint) {
        if (endpoint != null) {
            SCHEMES.add(endpoint.getEndpointBaseUri().split(":", 2)[0]);
        }
    }

    private static Set<String> named(Collection<JavaClass> classes) {
        return classes.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getName())
                .collect(Collectors.toSet());
    }
}
