package dolmen.model;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What can be chosen for a run, operation by operation; a component is named like the member that it is written as. */
public sealed interface RunOptions {
    /** Which backup is meant; the newest good one where the operation leaves no choice. */
    default BackupChoice backup() {
        return BackupChoice.NEWEST;
    }

    /** What of the backup goes into the stack; everything where the operation leaves no choice. */
    default RestoreChoice choice() {
        return RestoreChoice.EVERYTHING;
    }

    /** Of a backup: its kind, full when empty, and the used segments without which it is published all the same. */
    record BackupOptions(Optional<Kind> kind, SortedSet<String> acceptMissing) implements RunOptions {
        public BackupOptions {
            acceptMissing = Collections.unmodifiableSortedSet(new TreeSet<>(acceptMissing));
        }

        /** A backup of this kind, which lacks nothing. */
        public BackupOptions(Kind kind) {
            this(Optional.of(kind), Collections.emptySortedSet());
        }
    }

    /** Of a restore: what of which backup, whether its losses are confirmed, and whether services that are down stay so. */
    record RestoreOptions(@JsonUnwrapped RestoreChoice choice, boolean confirmed, boolean noStart)
            implements RunOptions {
        @Override
        public BackupChoice backup() {
            return choice.backup();
        }

        /** Which losses are consented to. */
        public Consent consent() {
            return new Consent(confirmed, choice.loseForeign());
        }
    }

    /** Of the plan of a restore: what of which backup. */
    record PlanOptions(@JsonUnwrapped RestoreChoice choice) implements RunOptions {
        @Override
        public BackupChoice backup() {
            return choice.backup();
        }
    }

    /** Of an undo: the id of the restore that is undone, the consent to its losses, and whether services that are down stay so. */
    record UndoOptions(String undo, @JsonUnwrapped Consent consent, boolean noStart) implements RunOptions {}

    /** Of a verification: a backup of the catalog, or a folder. */
    record VerifyOptions(@JsonUnwrapped BackupChoice backup) implements RunOptions {}

    /** Of an upload, a fetch, a copy and a verification in the bucket: the backup, the newest good one when empty. */
    record LabelOptions(Optional<Label> label) implements RunOptions {
        @Override
        public BackupChoice backup() {
            return new BackupChoice(label, Optional.empty());
        }
    }

    /** Of an export: the backup, and the folder that it goes to. */
    record ExportOptions(Label label, String to) implements RunOptions {
        @Override
        public BackupChoice backup() {
            return BackupChoice.of(label);
        }
    }

    /** Of a pruning: whether it was confirmed although the newest backup holds much less than the one before. */
    record PruneOptions(boolean confirmed) implements RunOptions {}

    /** Nothing can be chosen. */
    @JsonAutoDetect
    record NoOptions() implements RunOptions {}
}
