package dolmen.commands;

import dolmen.model.Label;
import dolmen.model.StepFailure.Unusable;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/** A backup of the catalog by its label; the newest good one when it is left out. */
final class LabelOnly {
    @Parameters(arity = "0..1", paramLabel = "LABEL", description = "The backup; the newest good one when left out.")
    private String text;

    Optional<Label> label() {
        return Optional.ofNullable(text).map(LabelOnly::parse);
    }

    static Label parse(String text) {
        try {
            return new Label(text);
        } catch (IllegalArgumentException wrong) {
            throw new Unusable("'" + text + "' is not the label of a backup", "`dolmen list` shows the labels.", wrong);
        }
    }
}
