package dolmen.druid;

import dolmen.model.Coverage;
import java.util.List;

/**
 * One thing that is wrong: which problem it is, what was seen (lower case, with numbers), what to do (a sentence), and
 * the datasources or segments that it is about, at most {@link Coverage#LISTED} of them.
 */
public record ServingProblem(Problem problem, String message, String hint, List<String> items) {
    public ServingProblem {
        items = items.stream().limit(Coverage.LISTED).toList();
    }
}
