package dolmen.stack;

import dolmen.model.RunMark;
import java.time.Instant;

/** One line of the ledger: the run that started the service, the service's name, and when. */
public record StartedService(RunMark run, String service, Instant started) {}
