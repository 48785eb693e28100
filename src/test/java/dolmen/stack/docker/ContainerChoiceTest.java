package dolmen.stack.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure;
import dolmen.needs.Need;
import dolmen.needs.Needs;
import dolmen.stack.docker.ContainerChoice.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which of several containers a service is, and that a set project is obeyed, on a real engine. */
@Needs(Need.ENGINE)
class ContainerChoiceTest {
    private static DockerFixture docker;

    @BeforeAll
    static void start() throws Exception {
        docker = DockerFixture.open();
    }

    @AfterAll
    static void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    @Tag("T40")
    void t40_a_container_of_another_project_is_never_taken_by_its_name() {
        String project = DockerFixture.name("project");
        String name = DockerFixture.name("fixed");
        compose(project, "postgres", name);
        String typo = project + "x";
        assertThatThrownBy(() -> docker.host(Optional.of(typo)).find(name))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessage("container '" + name + "' is of compose project '" + project
                        + "', and dolmen.stack.project is '" + typo + "'")
                .extracting(failure -> ((StepFailure) failure).hint())
                .asString()
                .contains(project);
        assertThat(docker.host(Optional.of(project)).find(name)).isPresent();
        assertThat(docker.host().find(name)).isPresent();
    }

    @Test
    @Tag("T40")
    void t40_a_set_project_refuses_the_service_of_that_name_in_another_project() {
        String project = DockerFixture.name("project");
        String service = DockerFixture.name("service");
        compose(project, service, service);
        assertThatThrownBy(() -> docker.host(Optional.of("no-such-project")).stop(service))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("is of compose project '" + project + "'");
        assertThat(docker.host().find(service).orElseThrow().running()).isTrue();
    }

    @Test
    @Tag("T40")
    void t40_a_container_without_a_project_is_no_member_of_the_set_one() {
        String name = DockerFixture.name("plain");
        docker.idle(name);
        assertThatThrownBy(() -> docker.host(Optional.of("shop")).find(name))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessage("container '" + name + "' is of no compose project, and dolmen.stack.project is 'shop'");
        assertThat(docker.host().find(name)).isPresent();
    }

    @Test
    @Tag("T40")
    void t40_the_running_one_of_several_counts() {
        String project = DockerFixture.name("project");
        String old = compose(project, "postgres", project + "-postgres-1");
        String running = compose(project, "postgres", project + "-postgres-2");
        docker.containers().stop(old, Duration.ofSeconds(10));
        DockerHost host = docker.host(Optional.of(project));
        assertThat(host.find("postgres").orElseThrow().id()).isEqualTo(running);
        host.stop("postgres");
        assertThat(host.find("postgres").orElseThrow().id()).isEqualTo(running);
        assertThatThrownBy(() -> docker.host(Optional.of(project)).find("postgres"))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining(project + "-postgres-1 (exited), " + project + "-postgres-2 (exited)");
        host.start("postgres");
        assertThat(host.find("postgres").orElseThrow().inWords())
                .isEqualTo("postgres (container " + project + "-postgres-2, project " + project + ")");
    }

    @Test
    @Tag("T40")
    void t40_the_one_that_ended_long_after_the_other_counts_where_none_runs() {
        Instant now = Instant.now();
        Candidate old = new Candidate("old", Optional.of("shop"), false, now.minusSeconds(61));
        Candidate newer = new Candidate("newer", Optional.of("shop"), false, now);
        Candidate twin = new Candidate("twin", Optional.of("shop"), false, now.minusSeconds(2));
        Candidate other = new Candidate("other", Optional.of("lab"), true, now);
        assertThat(new ContainerChoice().among("postgres", List.of(old, newer))).contains("newer");
        assertThat(new ContainerChoice().among("postgres", List.of(old, newer, twin)))
                .isEmpty();
        assertThat(new ContainerChoice().among("postgres", List.of(newer, other)))
                .as("one of two projects that happens to run")
                .isEmpty();
    }

    @Test
    @Tag("T40")
    void t40_two_running_ones_are_refused() {
        String project = DockerFixture.name("project");
        compose(project, "postgres", project + "-postgres-1");
        compose(project, "postgres", project + "-postgres-2");
        assertThatThrownBy(() -> docker.host(Optional.of(project)).find("postgres"))
                .isInstanceOf(StepFailure.Refused.class)
                .hasMessageContaining("-postgres-1 (running), " + project + "-postgres-2 (running)");
    }

    private static String compose(String project, String service, String name) {
        return docker.idle(name, create -> create.withLabels(DockerFixture.composeLabels(project, service, false)));
    }
}
