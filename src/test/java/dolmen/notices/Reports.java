package dolmen.notices;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.Report;
import dolmen.model.Requests;
import dolmen.model.Run;
import dolmen.model.StepFailure.Failed;
import java.time.Instant;
import java.util.List;

/** Reports of runs that begin one second after another. */
public final class Reports {
    private static Instant now = Instant.parse("2026-11-24T02:00:00Z");

    private Reports() {}

    public static Report good(Operation operation, Origin origin) {
        return Report.success(run(operation, origin), "did \"it\"", List.of("7 files"), now);
    }

    public static Report bad(Operation operation, Origin origin) {
        return Report.failure(
                run(operation, origin), "dump-metadata", new Failed("the disk is full", "Make room."), now);
    }

    private static Run run(Operation operation, Origin origin) {
        now = now.plusSeconds(1);
        return Run.begin(Requests.any(operation, origin), now);
    }
}
