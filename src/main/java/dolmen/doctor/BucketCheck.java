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
    private static final String PROBE = "a probe of dolmen doctor";
    private static final Duration NOTABLE = Duration.ofMinutes(1);
    private static final Duration TOO_MUCH = Duration.ofMinutes(10);
    private static final String SET_CLOCK =
            "Set this machine's clock, by chrony or another NTP client: S3 refuses requests that are more than 15 minutes off.";

    /** The store's time has no fractions of a second. */
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
            store.put(key, PROBE);
            boolean readable = succeeds(() -> requireReadable(store, key), seen);
            boolean removable = succeeds(() -> requireRemovable(store, key), seen);
            if (readable && removable) {
                seen.add(Seen.ok("bucket " + settings.bucket().get() + " took, gave back and removed " + key));
            }
        } catch (StepFailure refused) {
            seen.add(error(refused));
        }
        return seen;
    }

    private static boolean succeeds(Runnable part, List<Seen> seen) {
        try {
            part.run();
            return true;
        } catch (StepFailure refused) {
            seen.add(error(refused));
            return false;
        }
    }

    private static Seen error(StepFailure refused) {
        return Seen.error(refused.getMessage(), refused.hint());
    }

    /** The store may have read its clock at any moment between request and answer: the smallest possible difference counts. */
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
        Duration difference = ahead.compareTo(behind) > 0 ? ahead : behind;
        String words = "the clock of the store says " + there.get() + ", this machine's " + after;
        if (difference.compareTo(TOO_MUCH) >= 0) {
            seen.add(Seen.error(words, SET_CLOCK));
        } else if (difference.compareTo(NOTABLE) >= 0) {
            seen.add(Seen.warning(words, SET_CLOCK));
        } else {
            seen.add(Seen.ok("the clocks of the store and of this machine agree"));
        }
    }

    private static void requireReadable(ObjectStore store, String key) {
        try (InputStream back = store.read(key)) {
            if (!PROBE.equals(new String(back.readAllBytes(), StandardCharsets.UTF_8))) {
                throw new Failed("the bucket gave back something else than was stored as " + key, "Check the server.");
            }
        } catch (IOException broken) {
            throw new Failed("cannot read " + key + " back: " + broken.getMessage(), "Check the server.", broken);
        }
    }

    private static void requireRemovable(ObjectStore store, String key) {
        store.delete(key);
        if (store.find(key).isPresent()) {
            throw new Failed("the bucket still has " + key + " after its removal", "Remove it by hand.");
        }
    }
}
