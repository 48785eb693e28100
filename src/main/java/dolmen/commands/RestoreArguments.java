package dolmen.commands;

import dolmen.model.RestoreChoice;
import dolmen.model.StepFailure.Unusable;
import java.util.TreeSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a restore and its plan have in common: which backup, and how much of it. */
final class RestoreArguments {
    private static final String AS_STORED = "as-stored";
    private static final String LOAD_ALL = "load-all";

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

    @Option(
            names = "--rules",
            paramLabel = "as-stored|load-all",
            description =
                    "Which load rules hold afterwards: as-stored (default; those that are stored then), or load-all:"
                            + " restored datasources get loadForever, and theirs are kept aside until you set them again.")
    private String rules = AS_STORED;

    /** Throws when any of these is given, --lose-foreign aside. */
    void requireNone() {
        if (skipMetabase
                || loadAll()
                || !datasources.isEmpty()
                || selection.label().isPresent()
                || selection.from().isPresent()) {
            throw new Unusable(
                    "--undo was given together with what to restore", "Name the run alone: dolmen restore --undo RUN.");
        }
    }

    RestoreChoice choice() {
        return new RestoreChoice(selection.backup(), skipMetabase, datasources, loseForeign, loadAll());
    }

    boolean loseForeign() {
        return loseForeign;
    }

    private boolean loadAll() {
        if (!rules.equals(AS_STORED) && !rules.equals(LOAD_ALL)) {
            throw new Unusable(
                    "--rules=" + rules + " is not understood",
                    "Use --rules=" + AS_STORED + " or --rules=" + LOAD_ALL + ".");
        }
        return rules.equals(LOAD_ALL);
    }
}
