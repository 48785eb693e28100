package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.Mount;
import dolmen.stack.Service;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which containers of a real engine are the services. */
@Needs(Need.ENGINE)
class DockerHostTest {
    private static final String NAME = DockerFixture.name("host");

    private static DockerFixture docker;
    private static DockerHost host;

    @BeforeAll
    static void start() throws Exception {
        docker = DockerFixture.open();
        host = docker.host();
        docker.idleWithVolume(NAME, "/data");
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    @Tag("DK-07")
    void the_engine_is_shown_with_its_one_address() {
        assertThat(host.describe()).startsWith("Docker ").endsWith("at " + DockerFixture.ENGINE);
    }

    @Test
    @Tag("DK-04")
    void a_service_is_told_with_its_mounts_environment_and_user() {
        String name = DockerFixture.name("told");
        docker.idle(name, create -> create.withUser("app").withEnv("A=1=2", "EMPTY=", "KEY=S3cr3t-Marker"));
        Service service = host.find(name).orElseThrow();
        assertThat(service.running()).isTrue();
        assertThat(service.user()).isEqualTo("app");
        assertThat(service.image()).isEqualTo(DockerFixture.image());
        assertThat(service.variable("A")).contains("1=2");
        assertThat(service.variable("EMPTY")).contains("");
        assertThat(service.toString()).doesNotContain("S3cr3t-Marker");
        Mount mount = host.find(NAME).orElseThrow().mountOf("/data/segments").orElseThrow();
        assertThat(mount.volume()).contains(NAME);
        assertThat(mount.destination()).isEqualTo("/data");
    }

    @Test
    void a_service_that_does_not_exist_is_not_found_and_a_part_of_a_name_is_no_name() {
        assertThat(host.find(NAME.substring(0, NAME.length() - 2))).isEmpty();
        assertThatThrownBy(() -> host.stop("no-such-service"))
                .isInstanceOf(StepFailure.Failed.class)
                .hasMessageContaining("no-such-service");
    }

    @Test
    @Tag("DK-02")
    void labels_find_the_names_of_both_generations_of_compose() {
        for (String separator : List.of("_", "-")) {
            String project = DockerFixture.name("project");
            String id = compose(project, "postgres", project + separator + "postgres" + separator + "1", false);
            assertThat(docker.host(Optional.of(project)).find("postgres"))
                    .get()
                    .extracting(Service::id, service -> service.project().orElseThrow())
                    .containsExactly(id, project);
        }
    }

    @Test
    void one_off_containers_are_left_out() {
        String project = DockerFixture.name("project");
        String id = compose(project, "metabase", project + "-metabase-1", false);
        compose(project, "metabase", project + "-metabase-run-4f", true);
        assertThat(docker.host(Optional.of(project))
                        .find("metabase")
                        .orElseThrow()
                        .id())
                .isEqualTo(id);
    }

    @Test
    void two_containers_of_one_service_are_refused_by_name() {
        String service = DockerFixture.name("service");
        compose("one", service, service + "-one", false);
        compose("two", service, service + "-two", false);
        assertThatThrownBy(() -> host.find(service))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining(service + "-one (running), " + service + "-two (running)");
        assertThat(docker.host(Optional.of("one")).find(service)).isPresent();
    }

    @Test
    @Tag("DK-02")
    void a_container_that_was_made_anew_is_found() {
        String name = DockerFixture.name("anew");
        String first = docker.idle(name);
        assertThat(host.find(name).orElseThrow().id()).isEqualTo(first);
        docker.containers().remove(name);
        assertThat(host.find(name)).isEmpty();
        String second = docker.idle(name);
        assertThat(host.find(name).orElseThrow().id()).isEqualTo(second);
    }

    @Test
    void stopping_and_starting_may_be_repeated() {
        String name = DockerFixture.name("repeat");
        docker.idle(name);
        host.stop(name);
        host.stop(name);
        assertThat(host.find(name).orElseThrow().running()).isFalse();
        host.start(name);
        host.start(name);
        assertThat(host.find(name).orElseThrow().running()).isTrue();
    }

    private static String compose(String project, String service, String name, boolean oneOff) {
        return docker.idle(name, create -> create.withLabels(DockerFixture.composeLabels(project, service, oneOff)));
    }
}
