package dolmen.model;

import java.util.List;

/**
 * What a restore would do to the stack: lines for a person, and the reasons for which it would be refused (none: it may
 * go on).
 */
public record Plan(List<String> lines, List<String> refusals) {
    public Plan {
        lines = List.copyOf(lines);
        refusals = List.copyOf(refusals);
    }
}
