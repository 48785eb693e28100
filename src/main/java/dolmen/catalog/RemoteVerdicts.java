package dolmen.catalog;

import dolmen.archive.Digests;
import dolmen.archive.SafeFiles;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Unavailable;
import dolmen.model.Verdict;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was found out later about the backups in a bucket: {@code verdicts.jsonl} beside their files, replaced as a whole. */
public final class RemoteVerdicts {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteVerdicts.class);
    private static final int LARGEST = 16 << 20;

    private final ObjectStore store;
    private final StorageSettings settings;
    private final BucketRecords records;

    RemoteVerdicts(ObjectStore store, StorageSettings settings, BucketRecords records) {
        this.store = store;
        this.settings = settings;
        this.records = records;
    }

    /** Those about a backup there, oldest first. */
    public List<Verdict> of(Label label) {
        return Verdicts.of(lines(label), key(label));
    }

    /** Adds one about a backup there. */
    public void add(Label label, Verdict verdict) {
        String before = lines(label);
        String after = Verdicts.with(verdict, before, key(label));
        if (!after.equals(before)) {
            store.put(key(label), after);
        }
        records.set(label, of(label));
    }

    /** Keeps that a backup there was found damaged. What cannot be kept hides no damage: the log tells it. */
    public void keepDamage(Label label, StepFailure found, Clock clock) {
        if (!DamageKeeper.isLasting(found)) {
            return;
        }
        try {
            add(label, DamageKeeper.verdict(found, clock));
        } catch (StepFailure unwritable) {
            LOG.warn(
                    "backup {} is damaged in the bucket, and that cannot be kept: {} HINT: {}",
                    label,
                    unwritable.getMessage(),
                    unwritable.hint());
        }
    }

    /** Brings those of a backup's folder there, in place of what is there; none are there when the folder has none. */
    void replace(Label label, Path folder) {
        Path file = folder.resolve(Artifact.VERDICTS);
        if (Files.isRegularFile(file)) {
            store.put(file, Digests.artifact(file), key(label));
        } else if (store.find(key(label)).isPresent()) {
            store.delete(key(label));
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
        if (store.find(key(label)).isEmpty()) {
            return "";
        }
        try (InputStream content = store.read(key(label))) {
            return new String(content.readNBytes(LARGEST), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new Unavailable("reading " + key(label) + " broke: " + broken.getMessage(), "Repeat it.", broken);
        }
    }

    private String key(Label label) {
        return settings.key(label.text() + "/" + Artifact.VERDICTS);
    }
}
