package dolmen.model;

import java.util.List;

/**
 * What a restore would do to the stack: what goes where, in half a sentence that begins with the backup; lines for a
 * person, the reasons for which it would be refused (none: it may go on), the losses, which are what the stack has now and
 * would not have afterwards, and the doubts, which are why the backup itself is suspicious (neither: it asks for no
 * confirmation). Notes are lines that stand in the report of the restore, too.
 */
public record Plan(
        String subject,
        List<String> lines,
        List<String> refusals,
        List<String> losses,
        List<String> doubts,
        List<String> notes) {
    public Plan {
        notes = List.copyOf(notes);
        lines = List.copyOf(lines);
        refusals = List.copyOf(refusals);
        losses = List.copyOf(losses);
        doubts = List.copyOf(doubts);
    }
}
