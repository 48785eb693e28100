package backup;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Logged;
import dolmen.catalog.Manifests;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Coverage;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Unavailable;
import dolmen.remote.Sending;
import dolmen.remote.Sending.Why;
import dolmen.runs.DeadLetters;
import dolmen.settings.RetrySettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import remote.SendEach;
import remote.SentOnRecord;
import shared.GiveUp;
import shared.StepFailures;
import shared.StepJournal;

/** The real route of a backup; its steps are stand-ins, one of which fails. */
class BackupRouteTest {
    @TempDir
    Path folder;

    private static final List<String> AFTER = List.of("upload-backup", "copy-backup", "prune-backups");

    private boolean mayPass;
    private final List<String> done = new ArrayList<>();

    @Test
    @Tag("SG-16")
    void whichever_step_fails_nothing_is_published_and_no_later_step_begins() throws Exception {
        for (String failing : BackupSteps.ALL.subList(0, BackupSteps.ALL.indexOf("upload-backup"))) {
            done.clear();
            Report report = run(Set.of(failing));
            assertThat(report.outcome()).isEqualTo(ExitCode.FAILED);
            assertThat(report.summary()).isEqualTo(failing + " is no good");
            assertThat(done).containsExactlyElementsOf(BackupSteps.ALL.subList(0, BackupSteps.ALL.indexOf(failing)));
        }
    }

    @Test
    @Tag("T33")
    void an_upload_that_fails_keeps_neither_the_copy_nor_the_pruning_from_their_work() throws Exception {
        for (String failing : AFTER) {
            done.clear();
            Report report = run(Set.of(failing));
            assertThat(report.outcome()).isEqualTo(ExitCode.FAILED);
            assertThat(report.failedStep()).contains(failing);
            assertThat(report.summary()).isEqualTo(failing + " is no good");
            assertThat(done)
                    .containsExactlyElementsOf(BackupSteps.ALL.stream()
                            .filter(step -> !step.equals(failing))
                            .toList());
            assertThat(new DeadLetters(folder).list()).contains(report.run().id());
        }
    }

    @Test
    @Tag("T33")
    void of_two_that_fail_after_the_publication_both_are_in_the_report() throws Exception {
        Report report = run(Set.of("upload-backup", "copy-backup"));

        assertThat(report.failedStep()).contains("upload-backup");
        assertThat(report.details())
                .contains("failed too, in copy-backup: copy-backup is no good HINT: It is a stand-in.");
        assertThat(done).contains("prune-backups");
    }

    @Test
    @Tag("T33")
    void a_step_that_is_tried_again_says_so_in_the_log() throws Exception {
        mayPass = true;
        for (String failing : List.of("dump-metadata", "upload-backup")) {
            try (Logged said = new Logged("shared.RetryPolicy")) {
                run(Set.of(failing));
                assertThat(said.lines())
                        .containsExactly(
                                failing + " failed, and is tried again, attempt 2 of 3: " + failing + " is no good",
                                failing + " failed, and is tried again, attempt 3 of 3: " + failing + " is no good");
            }
        }
    }

    private Report run(Set<String> failing) throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            Clock clock = Clock.systemUTC();
            context.addRoutes(
                    new StepFailures(new RetrySettings(3, Duration.ofMillis(1), 1, Duration.ofMillis(1), Map.of())));
            context.addRoutes(new GiveUp(new DeadLetters(folder), Map.of(), clock));
            context.addRoutes(new BackupRoute(clock));
            for (String step : BackupSteps.ALL) {
                context.addRoutes(standIn(step, failing));
            }
            for (String step : List.of("upload-backup", "copy-backup")) {
                context.addRoutes(new SendEach<>(
                        step,
                        BackupRun.class,
                        backup -> List.of(new Sending(
                                new Backup(folder, Manifests.of(backup.label().text(), Manifest.VERIFIED)),
                                Why.PUBLISHED)),
                        new SentOnRecord(key -> false),
                        (backup, sent) -> backup));
            }
            context.start();
            Run run = Run.begin(RunRequest.of(Operation.BACKUP, Origin.COMMAND), clock.instant());
            return context.createProducerTemplate().requestBody("direct:backup", run, Report.class);
        } finally {
            context.stop();
        }
    }

    private RouteBuilder standIn(String step, Set<String> failing) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + step)
                        .routeId(step)
                        .routeConfigurationId(StepFailures.STEP)
                        .process(exchange -> act(step, failing, exchange));
            }
        };
    }

    private void act(String step, Set<String> failing, Exchange exchange) {
        exchange.setProperty(StepJournal.STEP, step);
        if (failing.contains(step) && mayPass) {
            throw new Unavailable(step + " is no good", "It is a stand-in.");
        }
        if (failing.contains(step)) {
            throw new Damaged(step + " is no good", "It is a stand-in.");
        }
        done.add(step);
        if (step.equals("match-segments")) {
            BackupRun backup = exchange.getMessage().getBody(BackupRun.class);
            exchange.getMessage().setBody(backup.withCoverage(new Coverage(1, 1, List.of())));
        }
        if (exchange.getMessage().getBody() instanceof Run run) {
            StackIdentity stack = new StackIdentity(Optional.empty(), Optional.empty(), new TreeMap<>());
            exchange.getMessage().setBody(BackupRun.begin(run, new Label("20261124-020000"), folder, stack));
        }
    }
}
