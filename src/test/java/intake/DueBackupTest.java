package intake;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.SetClock;
import dolmen.model.ExitCode;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.runs.DueTimes;
import dolmen.runs.RunJournal;
import dolmen.settings.Schedule;
import dolmen.settings.Timetable;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DueBackupTest {
    private final SetClock clock = new SetClock("2026-06-10T00:20:00Z");

    @Test
    @Tag("T33")
    void a_backup_that_came_due_while_the_one_before_went_on_has_a_report_that_says_so(@TempDir Path state)
            throws Exception {
        RunJournal journal = new RunJournal(state, clock);
        Timetable nightly =
                Timetable.of(Optional.of(new Schedule("0 30 2 * * ?", ZoneId.of("Europe/Berlin"))), Optional.empty());
        DueTimes times = new DueTimes(nightly, clock);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new DueBackup(
                    times,
                    request -> {
                        clock.set("2026-06-12T04:00:00Z");
                        return Report.success(Run.begin(request, clock.instant()), "made", List.of(), clock.instant());
                    },
                    (request, why) -> journal.refuse(request, "take-lock", why)));
            context.start();
            clock.set("2026-06-10T00:30:00Z");
            context.createProducerTemplate()
                    .sendBody("direct:due-backup", times.take().orElseThrow());
        }
        assertThat(journal.reports()).singleElement().satisfies(report -> {
            assertThat(report.outcome()).isEqualTo(ExitCode.LOCKED);
            assertThat(report.summary())
                    .isEqualTo("the full backup that was due at 2026-06-11T02:30+02:00 was left out, with all that came"
                            + " due since: the scheduled backup before it was still going on");
        });
    }
}
