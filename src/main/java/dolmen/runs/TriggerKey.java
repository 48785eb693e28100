package dolmen.runs;

import dolmen.model.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** A key of a trigger's lines: what stands behind it, what it means, and which triggers take it. */
public enum TriggerKey {
    BACKUP("LABEL", "which backup; the newest good one without it", Operation.RESTORE, Operation.VERIFY),
    FROM("FOLDER", "the files in this folder instead, by its whole path", Operation.RESTORE, Operation.VERIFY),
    METABASE("skip", "leave Metabase as it is", Operation.RESTORE),
    DATASOURCES("NAME,NAME", "these datasources alone, beside the running services", Operation.RESTORE),
    CONFIRM("yes", "restore although something would be lost", Operation.RESTORE),
    FOREIGN("lose", "lose also what is in Druid's metadata database and is not Druid's", Operation.RESTORE),
    RULES("load-all", "restored datasources get loadForever; their own load rules are kept aside", Operation.RESTORE),
    START("no", "leave down the services that do not run; nothing can be proven then", Operation.RESTORE),
    KIND("full|incremental", "what the archive holds; `full` without it", Operation.BACKUP),
    ACCEPT_MISSING(
            "ID,ID",
            "used segments whose files are lost for good: the backup is published without them, as suspicious",
            Operation.BACKUP);

    private final String value;
    private final String meaning;
    private final Set<Operation> operations;

    TriggerKey(String value, String meaning, Operation... operations) {
        this.value = value;
        this.meaning = meaning;
        this.operations = EnumSet.copyOf(List.of(operations));
    }

    /** The keys that triggers of this operation take. */
    public static List<TriggerKey> of(Operation operation) {
        return Stream.of(values())
                .filter(key -> key.operations.contains(operation))
                .toList();
    }

    /** What stands before the equals sign. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What stands behind it, in capitals where it is a person's own. */
    public String value() {
        return value;
    }

    /** One clause, lower case. */
    public String meaning() {
        return meaning;
    }
}
