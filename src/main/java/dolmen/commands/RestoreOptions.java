package dolmen.commands;

import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Unusable;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a restore and its plan have in common: which backup, and how much of it. */
final class RestoreOptions {
    @Mixin
    private Selection selection;

    @Option(names = "--skip-metabase", description = "Leave Metabase as it is.")
    private boolean skipMetabase;

    @Option(
            names = "--datasources",
            split = ",",
            paramLabel = "NAME",
            description = "Restore these datasources alone, beside the running services; all else stays as it is.")
    private TreeSet<String> datasources = new TreeSet<>();

    @Option(
            names = "--lose-foreign",
            description =
                    "Together with --yes, also lose what is in Druid's metadata database and is not Druid's, such as "
                            + "tables of others.")
    private boolean loseForeign;

    boolean loseForeign() {
        return loseForeign;
    }

    /** Throws when any option is given that says what to restore. */
    void requireNone() {
        if (skipMetabase
                || !datasources.isEmpty()
                || selection.label().isPresent()
                || selection.from().isPresent()) {
            throw new Unusable(
                    "--undo was given together with what to restore", "Name the run alone: dolmen restore --undo RUN.");
        }
    }

    RunRequest request(Operation operation) {
        return RunRequest.of(operation, Origin.COMMAND)
                .about(selection.label(), selection.from())
                .skippingMetabase(skipMetabase)
                .of(datasources)
                .losingForeign(loseForeign);
    }
}
