package dolmen.model;

import java.time.Instant;
import java.util.Optional;

/** How far the running step of a run is: {@code state/progress.json}. */
public record ProgressState(
        RunId run, String step, long bytesDone, Optional<Long> bytesTotal, Instant since, Instant at) {}
