package remote;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.catalog.Catalog;
import dolmen.catalog.HeldTarget;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.OwnStack;
import dolmen.catalog.SendTarget;
import dolmen.catalog.SmallBackups;
import dolmen.model.ExitCode;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunOptions.LabelOptions;
import dolmen.model.RunRequest;
import dolmen.remote.Outgoing;
import dolmen.remote.SendBackup;
import dolmen.remote.SendRun;
import dolmen.remote.SendWords;
import dolmen.remote.Sending;
import dolmen.runs.DeadLetters;
import dolmen.settings.RetrySettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shared.GiveUp;
import shared.StepFailures;
import shared.StepRoute;
import shared.StepTemplate;

/** The real routes of {@code dolmen copy} and a place in memory. */
@Tag("T33")
class SendEachTest {
    private static final Label ONE = new Label("20261121-020000");
    private static final Label TWO = new Label("20261122-020000");
    private static final Label THREE = new Label("20261123-020000");

    @TempDir
    Path home;

    private final CamelContext context = new DefaultCamelContext();
    private final HeldTarget target = new HeldTarget();
    private Catalog catalog;

    @BeforeEach
    void three_backups_that_were_meant_to_be_there() throws Exception {
        catalog = new Catalog(home.resolve("backup"));
        for (Label label : List.of(ONE, TWO, THREE)) {
            SmallBackups.full(catalog, label, 1000);
            target.begin(label);
        }
        Optional<SendTarget> place = Optional.of(target);
        Outgoing outgoing = new Outgoing(
                catalog, new OwnBackups(new OwnStack(home.resolve("state"), Optional.empty())), place, SendWords.COPY);
        context.addRoutes(
                new StepFailures(new RetrySettings(3, Duration.ofMillis(1), 1, Duration.ofMillis(1), Map.of())));
        context.addRoutes(new GiveUp(new DeadLetters(home), Map.of(), Clock.systemUTC()));
        context.addRoutes(new StepTemplate());
        context.addRoutes(new SendRoute("copy", "send-copy", Clock.systemUTC()));
        context.addRoutes(new SendEach<>(
                "send-copy", SendRun.class, outgoing::asked, new SentOnRecord(outgoing::isThere), SendRun::and));
        context.addRoutes(StepRoute.step("send-copy", Sending.class, new SendBackup(catalog, place, SendWords.COPY)));
        context.start();
    }

    @AfterEach
    void ends() {
        context.stop();
    }

    @Test
    void what_a_place_has_not_got_yet_is_sent_oldest_first() {
        Report report = copy();
        assertThat(report.outcome()).as(report.toString()).isEqualTo(ExitCode.OK);
        assertThat(target.sent()).containsExactly(ONE, TWO, THREE);
        assertThat(report.summary()).isEqualTo("copied backup " + THREE + " to memory");
        assertThat(report.details())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("copied " + ONE + " to memory: 1 files"));
    }

    @Test
    void what_is_on_record_is_not_sent_but_the_one_that_was_asked_for_is_looked_at() {
        copy();
        target.begin(TWO);
        target.sent().clear();

        copy();

        assertThat(target.sent()).containsExactly(THREE);
    }

    @Test
    void one_that_fails_does_not_keep_the_others_from_being_sent_and_the_run_names_it() {
        target.refuse(TWO);
        Report report = copy();
        assertThat(target.sent()).containsExactly(ONE, THREE);
        assertThat(report.outcome()).isEqualTo(ExitCode.FAILED);
        assertThat(report.failedStep()).contains("send-copy");
        assertThat(report.summary()).contains("backup " + TWO + " is published here, but not copied");
        assertThat(target.tries(TWO)).isEqualTo(3);
    }

    @Test
    void while_a_place_is_down_each_is_tried_by_itself_and_all_are_named() {
        target.down(true);
        Report report = copy();
        assertThat(report.summary()).contains(ONE.text());
        assertThat(report.details())
                .anyMatch(line -> line.startsWith("failed too, in send-copy: ") && line.contains(TWO.text()))
                .anyMatch(line -> line.startsWith("failed too, in send-copy: ") && line.contains(THREE.text()));
        assertThat(List.of(ONE, TWO, THREE)).allMatch(label -> target.tries(label) == 3);

        target.down(false);
        copy();

        assertThat(target.sent()).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void of_a_backup_that_is_named_no_other_is_sent() {
        copy(Optional.of(TWO));
        assertThat(target.sent()).containsExactly(TWO);
    }

    private Report copy() {
        return copy(Optional.empty());
    }

    private Report copy(Optional<Label> label) {
        RunRequest request = new RunRequest(Operation.COPY, Origin.COMMAND, new LabelOptions(label));
        Run run = Run.begin(request, Clock.systemUTC().instant());
        return context.createProducerTemplate().requestBody("direct:copy", run, Report.class);
    }
}
