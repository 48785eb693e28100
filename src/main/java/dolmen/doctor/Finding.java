package dolmen.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/** What a check saw: how much it matters, the check's name, what was seen (lower case), and what to do about it. */
public record Finding(
        @JsonProperty("severity") Severity severity,
        @JsonProperty("check") String check,
        @JsonProperty("what") String what,
        @JsonProperty("hint") Optional<String> hint) {}
