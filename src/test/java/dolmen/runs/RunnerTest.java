package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.app.RouteCall;
import dolmen.catalog.Catalog;
import dolmen.catalog.ReadLock;
import dolmen.model.BackupChoice;
import dolmen.model.ExitCode;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunMark;
import dolmen.model.RunOptions.VerifyOptions;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Locked;
import dolmen.progress.Display;
import dolmen.progress.RunProgress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that only reads holds while its route goes on. */
class RunnerTest {
    private static final RunRequest VERIFY = RunRequest.of(Operation.VERIFY, Origin.COMMAND);

    @TempDir
    Path state;

    private final Clock clock = Clock.systemUTC();
    private final List<Report> told = new ArrayList<>();
    private final CamelContext context = new DefaultCamelContext();
    private Runner runner;

    /** In place of the verification a route that says whether a pruning could begin now. */
    @BeforeEach
    void a_route_that_looks_at_the_lock() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:verify")
                        .transform()
                        .body(
                                Run.class,
                                run -> Report.success(
                                        run, couldPrune() ? "could be pruned" : "is safe", List.of(), clock.instant()));
            }
        });
        context.start();
        RouteCall routes =
                new RouteCall(context.createProducerTemplate(), new RunProgress(state, clock, Display.NONE), clock);
        runner = new Runner(routes, null, null, state, Duration.ZERO, clock);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void a_backup_of_the_catalog_is_not_removed_while_it_is_read() {
        assertThat(runner.run(VERIFY).summary()).isEqualTo("is safe");
        assertThat(couldPrune()).isTrue();
    }

    @Test
    void reading_a_folder_outside_of_the_catalog_holds_up_no_pruning() {
        assertThat(runner.run(new RunRequest(
                                Operation.VERIFY, Origin.COMMAND, new VerifyOptions(BackupChoice.in("/folder"))))
                        .summary())
                .isEqualTo("could be pruned");
    }

    @Test
    void nothing_is_read_while_backups_are_removed() {
        try (ReadLock removal = ReadLock.alone(state)) {
            assertThat(removal).isNotNull();
            Report report = runner.run(VERIFY);
            assertThat(report.outcome()).isEqualTo(ExitCode.LOCKED);
            assertThat(report.summary()).contains("being removed");
        }
    }

    @Test
    @Tag("T30")
    void an_error_ends_its_run_alone_and_is_in_a_report() throws Exception {
        RunJournal journal = new RunJournal(state, clock, told::add);
        RunCall failing = (run, journalled) -> {
            throw new OutOfMemoryError("Java heap space");
        };
        Runner scheduled = new Runner(failing, journal, recovery(journal), state, Duration.ZERO, clock);
        for (Operation operation : List.of(Operation.BACKUP, Operation.RESTORE, Operation.VERIFY)) {
            Report report = scheduled.run(RunRequest.of(operation, Origin.SCHEDULE));
            assertThat(report.outcome()).isEqualTo(ExitCode.FAILED);
            assertThat(report.summary()).contains("OutOfMemoryError");
            assertThat(told).contains(report);
            assertThat(journal.report(report.run().id())).isPresent();
        }
        assertThat(journal.interrupted())
                .as("a restore owes to put back")
                .singleElement()
                .matches(run -> run.request().operation() == Operation.RESTORE);
    }

    /** That of a stack on which nothing is to be done. */
    private Recovery recovery(RunJournal journal) {
        Endings endings = new Endings() {
            @Override
            public void putBack(Run restore) {}

            @Override
            public void keepSafetyCopy(Run restore) {}

            @Override
            public Report goOn(Run run) {
                throw new AssertionError("nothing is to be finished");
            }

            @Override
            public List<String> endEarlierRuns() {
                return List.of();
            }

            @Override
            public void servicesAsBeforeBut(Set<RunMark> marks) {}
        };
        return new Recovery(
                journal,
                new Inbox(state.resolve("inbox"), new DeadLetters(state.resolve("dead-letter"))),
                new Catalog(state.resolve("backup"), Optional.empty()),
                endings,
                new Scratch(state),
                clock);
    }

    private boolean couldPrune() {
        try {
            ReadLock.alone(state).close();
            return true;
        } catch (Locked reading) {
            return false;
        }
    }
}
