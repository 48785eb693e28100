package shared;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Milestone;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.Step;
import dolmen.model.StepRecord;
import dolmen.progress.Display;
import dolmen.progress.RunProgress;
import dolmen.runs.RunJournal;
import dolmen.settings.RetrySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of two steps, and a journal that cannot be written between them. */
class StepJournalTest {
    @TempDir
    Path state;

    private final CamelContext context = new DefaultCamelContext();
    private final List<String> done = new ArrayList<>();
    private RunJournal journal;
    private Run run;

    @BeforeEach
    void two_steps() throws Exception {
        journal = new RunJournal(state, Clock.systemUTC());
        run = journal.begin(RunRequest.of(Operation.RESTORE, Origin.COMMAND));
        StepJournal steps = new StepJournal(journal, new RunProgress(state, Clock.systemUTC(), Display.NONE));
        context.addRoutePolicyFactory(steps);
        context.getCamelContextExtension().addInterceptStrategy(steps);
        context.addRoutes(
                new StepFailures(new RetrySettings(2, Duration.ofMillis(1), 1, Duration.ofMillis(1), Map.of())));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:both")
                        .routeConfigurationId(StepFailures.RUN)
                        .to("direct:one")
                        .to("direct:other");
                from("direct:other")
                        .routeId("other")
                        .routeConfigurationId(StepFailures.STEP)
                        .filter(exchange -> true)
                        .process(exchange -> done.add("other"));
                from("direct:give-up").process(exchange -> done.add("gave up in " + StepJournal.stepOf(exchange)));
            }
        });
        context.addRoutes(new StepTemplate());
        context.addRoutes(StepRoute.step("one", String.class, new One()));
        context.start();
    }

    private final class One implements Step<String, String> {
        @Override
        public String run(String given) {
            done.add("one in " + journal.position(run.id()));
            return given;
        }

        @Override
        public Optional<Milestone> milestone() {
            return Optional.of(Milestone.SIDE_LOADED);
        }
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void each_step_is_written_down_once() {
        send();
        assertThat(done).hasSize(2);
        assertThat(journal.steps(run.id()))
                .hasSize(2)
                .allMatch(step -> step.ended().isPresent());
    }

    @Test
    void the_milestone_of_a_step_is_in_the_journal_before_the_step_changes_anything() {
        send();
        assertThat(done).first().asString().contains("furthest=SIDE_LOADED");
        assertThat(journal.steps(run.id()).stream().map(StepRecord::milestone))
                .containsExactly(Optional.of(Milestone.SIDE_LOADED), Optional.empty());
    }

    @Test
    void every_milestone_but_the_first_has_a_step_that_leads_to_it() throws Exception {
        String steps = "";
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                steps += Files.readString(file);
            }
        }
        for (Milestone milestone : EnumSet.complementOf(EnumSet.of(Milestone.BEGUN))) {
            assertThat(steps).contains("return Optional.of(Milestone." + milestone + ");");
        }
    }

    @Test
    @Tag("T54")
    void a_step_that_cannot_be_written_down_does_not_begin_and_the_run_gives_up() throws Exception {
        Path steps = state.resolve("runs").resolve(run.id().text()).resolve("steps.json");
        context.getRouteController().stopRoute("one");
        context.removeRoute("one");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:one")
                        .routeId("one")
                        .routeConfigurationId(StepFailures.STEP)
                        .process(exchange -> {
                            Files.delete(steps);
                            Files.createDirectory(steps);
                        });
            }
        });
        send();
        assertThat(done).containsExactly("gave up in other");
    }

    private void send() {
        context.createProducerTemplate().send("direct:both", exchange -> {
            exchange.getMessage().setBody("body");
            exchange.setProperty(StepJournal.RUN, run.id());
        });
    }
}
