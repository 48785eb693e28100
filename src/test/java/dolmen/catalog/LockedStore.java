package dolmen.catalog;

import dolmen.model.StepFailure.Failed;
import dolmen.storage.ObjectStore;

/** A fake store that lets an object, or all of them, go only when its lock has ended. */
final class LockedStore extends PassingStore {
    private final String locked;

    /** The key of the object; empty for all. */
    LockedStore(ObjectStore store, String locked) {
        super(store);
        this.locked = locked;
    }

    @Override
    public void delete(String key) {
        if (locked.isEmpty() || key.equals(locked)) {
            throw new Failed("cannot remove " + key + ": status 403, AccessDenied", "Wait for the lock to end.");
        }
        super.delete(key);
    }
}
