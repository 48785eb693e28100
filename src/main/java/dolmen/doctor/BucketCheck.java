package dolmen.doctor;

import dolmen.model.StepFailure.Failed;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.S3Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Whether the bucket takes an object, gives it back, and lets it be removed. */
final class BucketCheck implements Check {
    private final Source source;

    BucketCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        StorageSettings settings = source.settings().storage();
        if (settings.bucket().isEmpty()) {
            return List.of(Seen.info(
                    "no bucket is set: backups are not uploaded",
                    "A backup beside its stack is lost with it: set dolmen.storage.bucket or dolmen.copy.to."));
        }
        String key = settings.key("dolmen-probe-" + UUID.randomUUID());
        try (ObjectStore store = S3Store.of(settings)) {
            probe(store, key);
        }
        return List.of(Seen.ok("bucket " + settings.bucket().get() + " took, gave back and removed " + key));
    }

    private static void probe(ObjectStore store, String key) {
        String text = "a probe of dolmen doctor";
        store.put(key, text);
        try (InputStream back = store.read(key)) {
            if (!text.equals(new String(back.readAllBytes(), StandardCharsets.UTF_8))) {
                throw new Failed("the bucket gave back something else than was stored as " + key, "Check the server.");
            }
        } catch (IOException broken) {
            throw new Failed("cannot read " + key + " back: " + broken.getMessage(), "Check the server.", broken);
        } finally {
            store.delete(key);
        }
        if (store.find(key).isPresent()) {
            throw new Failed("the bucket still has " + key + " after its removal", "Remove it by hand.");
        }
    }
}
