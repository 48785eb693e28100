package dolmen.model;

import java.time.Instant;
import java.util.Optional;

/** One attempt at one step of a run: when it began, when it ended, and the failure's message when it failed. */
public record StepRecord(String step, Instant begun, Optional<Instant> ended, Optional<String> failure) {}
