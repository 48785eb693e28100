package dolmen.stack;

import java.time.Instant;

/** One line of the ledger of started services: the run that started it, its name, and when. */
public record StartedService(String run, String service, Instant started) {}
