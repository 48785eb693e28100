package dolmen.metadata;

import java.util.List;

/** How a dump fits a server: what will be different there, and the reasons for which it would not be taken; in words. */
public record DumpFit(List<String> facts, List<String> objections) {
    public DumpFit {
        facts = List.copyOf(facts);
        objections = List.copyOf(objections);
    }
}
