package dolmen.catalog;

import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.BackupState;
import dolmen.model.Label;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Unavailable;
import dolmen.model.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was found out later about the backups of a store: {@code verdicts.jsonl} beside their files, replaced as a whole. */
public final class StoredVerdicts {
    private static final Logger LOG = LoggerFactory.getLogger(StoredVerdicts.class);
    private static final int LARGEST = 16 << 20;

    private final BackupStore store;
    private final BiConsumer<Label, List<Verdict>> changed;

    StoredVerdicts(BackupStore store) {
        this(store, (label, verdicts) -> {});
    }

    /** {@code changed} is called with all verdicts about a label after one was added. */
    StoredVerdicts(BackupStore store, BiConsumer<Label, List<Verdict>> changed) {
        this.store = store;
        this.changed = changed;
    }

    /** Those about a backup there, oldest first. */
    public List<Verdict> of(Label label) {
        return Verdicts.of(lines(label), name(label));
    }

    /** Whether a backup there was found damaged, and nobody has accepted that. */
    boolean isDamaged(Label label) {
        return BackupState.of(Optional.empty(), of(label)).isDamaged();
    }

    /** Adds one about a backup there. */
    public void add(Label label, Verdict verdict) {
        String before = lines(label);
        String after = Verdicts.with(verdict, before, name(label));
        if (!after.equals(before)) {
            store.put(label, Artifact.VERDICTS, after);
        }
        changed.accept(label, of(label));
    }

    /** Records that a backup there was found damaged. Where that cannot be written it is logged, so that the damage itself is reported. */
    public void keepDamage(Label label, StepFailure found, Clock clock) {
        if (!DamageKeeper.isLasting(found)) {
            return;
        }
        try {
            add(label, DamageKeeper.verdict(found, clock));
        } catch (StepFailure unwritable) {
            LOG.warn(
                    "backup {} is damaged in {}, and that cannot be kept: {} HINT: {}",
                    label,
                    store.place(),
                    unwritable.getMessage(),
                    unwritable.hint());
        }
    }

    /** Brings those about a backup into a folder of this machine, in place of what is there. */
    void fetch(Label label, Path folder) {
        Path file = folder.resolve(Artifact.VERDICTS);
        String lines = lines(label);
        if (lines.isEmpty()) {
            SafeFiles.remove(file);
        } else {
            SafeFiles.write(file, lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    private String lines(Label label) {
        if (!store.has(label, Artifact.VERDICTS)) {
            return "";
        }
        try (InputStream content = store.open(label, Artifact.VERDICTS)) {
            return new String(content.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new Unavailable("reading " + name(label) + " broke: " + broken.getMessage(), "Repeat it.", broken);
        }
    }

    private String name(Label label) {
        return store.path(label, Artifact.VERDICTS);
    }
}
