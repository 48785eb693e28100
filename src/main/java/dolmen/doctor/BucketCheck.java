package dolmen.doctor;

import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.settings.StorageSettings;
import dolmen.storage.ObjectStore;
import dolmen.storage.S3Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Whether the store's clock agrees, and the bucket takes an object, gives it back, and lets it be removed. */
final class BucketCheck implements Check {
    private static final Duration NOTABLE = Duration.ofMinutes(1);
    private static final Duration TOO_MUCH = Duration.ofMinutes(10);
    private static final String SET_CLOCK =
            "Set this machine's clock, by chrony or another NTP client: S3 refuses requests that are more than 15 minutes off.";

    /** What the store tells of its clock is cut to this. */
    private static final Duration TICK = Duration.ofSeconds(1);

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
        List<Seen> seen = new ArrayList<>();
        try (S3Store store = S3Store.of(settings)) {
            compareClocks(store, key, seen);
            probe(store, key);
            seen.add(Seen.ok("bucket " + settings.bucket().get() + " took, gave back and removed " + key));
        } catch (StepFailure refused) {
            seen.add(Seen.error(refused.getMessage(), refused.hint()));
        }
        return seen;
    }

    /** What they differ by is only known up to the time that the answer took. */
    private void compareClocks(S3Store store, String key, List<Seen> seen) {
        Instant before = source.clock().instant();
        Optional<Instant> there = store.time(key);
        Instant after = source.clock().instant();
        if (there.isEmpty()) {
            seen.add(Seen.info("the store's answers tell no time, so that its clock is not compared"));
            return;
        }
        Duration ahead = Duration.between(after, there.get());
        Duration behind = Duration.between(there.get().plus(TICK), before);
        Duration least = ahead.compareTo(behind) > 0 ? ahead : behind;
        String words = "the clock of the store says " + there.get() + ", this machine's " + after;
        if (least.compareTo(TOO_MUCH) >= 0) {
            seen.add(Seen.error(words, SET_CLOCK));
        } else if (least.compareTo(NOTABLE) >= 0) {
            seen.add(Seen.warning(words, SET_CLOCK));
        } else {
            seen.add(Seen.ok("the clocks of the store and of this machine agree"));
        }
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
