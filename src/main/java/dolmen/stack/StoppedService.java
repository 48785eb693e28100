package dolmen.stack;

import java.time.Instant;

/** One line of the ledger: the run that stopped the service, its name, and when. */
public record StoppedService(String run, String service, Instant stopped) {}
