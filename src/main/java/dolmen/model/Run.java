package dolmen.model;

import java.time.Instant;

/** One execution: its id, what was asked, and when it began. */
public record Run(RunId id, RunRequest request, Instant begun) {
    /** A run that begins now. */
    public static Run begin(RunRequest request, Instant now) {
        return new Run(RunId.at(now, request.operation()), request, now);
    }

    /** By which what the run left outside is told. */
    public RunMark mark() {
        return id.mark();
    }
}
