package dolmen.runs;

import dolmen.archive.SafeFiles;
import dolmen.model.BackupChoice;
import dolmen.model.Kind;
import dolmen.model.Label;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RestoreChoice;
import dolmen.model.RunOptions;
import dolmen.model.RunOptions.BackupOptions;
import dolmen.model.RunOptions.RestoreOptions;
import dolmen.model.RunOptions.VerifyOptions;
import dolmen.model.RunRequest;
import dolmen.model.StepFailure.Unusable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads a trigger: a file whose ending names the operation and whose lines are {@code key=value}; an empty one means
 * the newest good backup and defaults; a dead letter ({@code .json}) repeats its run. Throws {@link Unusable} for
 * anything else, with the text that was not understood.
 */
public final class Trigger {
    /** The names of the files in the inbox that are taken: triggers and dropped dead letters; a hidden file is none. */
    public static final String NAMES = "[^.].*\\.(restore|backup|verify|json)";

    private static final long LARGEST = 64 << 10;

    private Trigger() {}

    /** What the trigger asks for. */
    public static RunRequest read(Path file) {
        String name = file.getFileName().toString();
        if (size(file) > LARGEST) {
            throw new Unusable(
                    "the trigger " + name + " is larger than " + LARGEST + " bytes",
                    "Write key=value lines, or nothing for the defaults.");
        }
        if (isDeadLetter(name)) {
            return DeadLetters.read(file).run().request().repeatedBy(name);
        }
        Operation operation = operation(name);
        Map<String, String> values = values(file, name, keysOf(operation));
        return new RunRequest(operation, Origin.TRIGGER, Optional.of(name), options(operation, values));
    }

    private static RunOptions options(Operation operation, Map<String, String> values) {
        return switch (operation) {
            case BACKUP ->
                new BackupOptions(
                        Optional.ofNullable(values.get("kind")).map(Trigger::kind), names("accept-missing", values));
            case RESTORE -> new RestoreOptions(choice(values), is("confirm", "yes", values), is("start", "no", values));
            case VERIFY -> new VerifyOptions(backup(values));
            default -> throw new IllegalStateException("no trigger begins " + operation.word());
        };
    }

    private static RestoreChoice choice(Map<String, String> values) {
        return new RestoreChoice(
                backup(values),
                is("metabase", "skip", values),
                names("datasources", values),
                is("foreign", "lose", values),
                is("rules", "load-all", values));
    }

    private static BackupChoice backup(Map<String, String> values) {
        return new BackupChoice(
                Optional.ofNullable(values.get("backup")).map(Trigger::label), Optional.ofNullable(values.get("from")));
    }

    static boolean isDeadLetter(String name) {
        return name.endsWith(".json");
    }

    private static Operation operation(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return Stream.of(Operation.BACKUP, Operation.RESTORE, Operation.VERIFY)
                .filter(operation -> operation.word().equals(ending))
                .findFirst()
                .orElseThrow(() -> new Unusable(
                        "the trigger " + name + " has no known ending", "End it with .backup, .restore or .verify."));
    }

    private static Set<String> keysOf(Operation operation) {
        return TriggerKey.of(operation).stream().map(TriggerKey::word).collect(Collectors.toSet());
    }

    private static Map<String, String> values(Path file, String name, Set<String> keys) {
        Map<String, String> values = new HashMap<>();
        for (String line : text(file).split("\n")) {
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            int equals = stripped.indexOf('=');
            String key = equals < 0 ? stripped : stripped.substring(0, equals).strip();
            if (equals < 0 || !keys.contains(key)) {
                throw new Unusable(
                        "the trigger " + name + " has the unknown line '" + stripped + "'",
                        "Use " + String.join(", ", keys.stream().sorted().toList()) + ".");
            }
            if (values.put(key, stripped.substring(equals + 1).strip()) != null) {
                throw new Unusable("the trigger " + name + " has " + key + " twice", "Keep one of the lines.");
            }
        }
        return values;
    }

    private static SortedSet<String> names(String key, Map<String, String> values) {
        String text = values.get(key);
        if (text == null) {
            return new TreeSet<>();
        }
        SortedSet<String> names = new TreeSet<>();
        for (String name : text.split(",", -1)) {
            names.add(name.strip());
        }
        if (names.contains("")) {
            throw new Unusable(
                    key + "='" + text + "' has an empty name", "Write " + key + "=one or " + key + "=one,other.");
        }
        return names;
    }

    private static Kind kind(String text) {
        return Stream.of(Kind.values())
                .filter(kind -> kind.word().equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new Unusable("kind='" + text + "' is not understood", "Write kind=full or kind=incremental."));
    }

    private static Label label(String text) {
        try {
            return new Label(text);
        } catch (IllegalArgumentException wrong) {
            throw new Unusable("'" + text + "' is not the label of a backup", "`dolmen list` shows the labels.", wrong);
        }
    }

    /** True when the key has its only value, false when it is left out. */
    private static boolean is(String key, String word, Map<String, String> values) {
        String value = values.get(key);
        if (value == null) {
            return false;
        }
        if (value.equals(word)) {
            return true;
        }
        throw new Unusable(
                key + "='" + value + "' is not understood", "Write " + key + "=" + word + ", or leave the line out.");
    }

    private static String text(Path file) {
        try {
            return SafeFiles.text(file, (int) LARGEST);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private static long size(Path file) {
        try {
            return SafeFiles.size(file);
        } catch (IOException unreadable) {
            throw unreadable(file, unreadable);
        }
    }

    private static Unusable unreadable(Path file, IOException why) {
        return new Unusable(
                "cannot read the trigger " + file.getFileName() + ": " + why.getMessage(),
                "Drop a file with key=value lines, or with nothing for the defaults.",
                why);
    }
}
