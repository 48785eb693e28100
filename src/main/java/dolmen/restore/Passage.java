package dolmen.restore;

import dolmen.model.BackupChoice;
import dolmen.model.Manifest;
import dolmen.model.RestoreRun;
import dolmen.model.Sameness;
import dolmen.model.StackIdentity;
import java.util.Optional;

/** From which stack a backup is (empty where that is not known), and into which stack it is restored. */
record Passage(Optional<StackIdentity> from, StackIdentity into) {
    static Passage of(RestoreRun restore, StackIdentity into) {
        return new Passage(restore.source().manifest().map(Manifest::stack), into);
    }

    Sameness sameness() {
        return from.map(into::compare).orElse(Sameness.UNKNOWN);
    }

    /** Both stacks, for the end of a sentence that names the backup. */
    String words() {
        String of = from.map(stack -> " of " + stack.words()).orElse(", which do not say whose they are,");
        return switch (sameness()) {
            case SAME -> of + " into the same stack";
            case OTHER -> of + " into another stack, " + into.words();
            case UNKNOWN -> of + " into " + into.words() + ", which may be another stack";
        };
    }

    /** Why the data of another stack are not replaced: nobody named the backup, so it may not be the one that is meant. Empty when they may be. */
    Optional<String> unnamed(BackupChoice chosen) {
        return sameness() == Sameness.OTHER && !chosen.named()
                ? Optional.of("no backup was named, none is of this stack, and it holds data: name the backup")
                : Optional.empty();
    }

    /** The stack whose data would be replaced, in words; empty where it is the same stack, so that nothing has to be confirmed. */
    Optional<String> stranger() {
        return switch (sameness()) {
            case SAME -> Optional.empty();
            case OTHER -> Optional.of(into.words() + ", which is another stack than that of the backup");
            case UNKNOWN -> Optional.of(into.words() + ", which is not known to be the stack of the backup");
        };
    }
}
