package remote;

import java.util.function.Predicate;
import org.apache.camel.spi.IdempotentRepository;

/**
 * The record of what was sent to a place, as Camel's Idempotent Consumer asks for it. Nothing is written here: the step that sends
 * a backup writes the record, once the backup was read back.
 */
public final class SentOnRecord implements IdempotentRepository {
    private final Predicate<String> record;

    /** {@code record} tells whether the backup of this key is on record. */
    public SentOnRecord(Predicate<String> record) {
        this.record = record;
    }

    @Override
    public boolean contains(String key) {
        return record.test(key);
    }

    @Override
    public boolean add(String key) {
        return !contains(key);
    }

    @Override
    public boolean confirm(String key) {
        return contains(key);
    }

    @Override
    public boolean remove(String key) {
        return false;
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("the record of a place is not cleared");
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
