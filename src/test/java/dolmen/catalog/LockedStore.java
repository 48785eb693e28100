package dolmen.catalog;

import dolmen.model.StepFailure.Failed;
import dolmen.storage.ObjectStore;

/** A fake store that lets one object go only when its lock has ended. */
final class LockedStore extends PassingStore {
    private final String locked;

    LockedStore(ObjectStore store, String locked) {
        super(store);
        this.locked = locked;
    }

    @Override
    public void delete(String key) {
        if (key.equals(locked)) {
            throw new Failed("cannot remove " + key + ": status 403, AccessDenied", "Wait for the lock to end.");
        }
        super.delete(key);
    }
}
