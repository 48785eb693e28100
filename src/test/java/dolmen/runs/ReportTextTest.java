package dolmen.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Run;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");

    @Test
    @Tag("T33")
    void why_a_step_failed_is_said_once_however_often_it_was_tried() {
        Report report = Report.failure(
                        Run.begin(RunRequest.of(Operation.UPLOAD, Origin.COMMAND), NOW),
                        "send-backup",
                        new Failed("nobody answers", "Look there."),
                        NOW.plusSeconds(9))
                .with(List.of(failed("another reason"), failed("nobody answers"), failed("nobody answers")));

        assertThat(ReportText.of(report)).isEqualTo("""
                        FAILED: upload 20261124-020000-000-upload
                        nobody answers
                        HINT: Look there.
                        failed step: send-backup
                        began 2026-11-24T02:00:00Z, took 9.0 s
                          send-backup               1.0 s  failed: another reason
                          send-backup               1.0 s  failed, see above
                          send-backup               1.0 s  failed, see above
                        """);
    }

    private static StepRecord failed(String why) {
        return StepRecord.begin("send-backup", NOW, Optional.empty()).end(NOW.plusSeconds(1), Optional.of(why));
    }
}
