package remote;

import java.util.function.Predicate;
import org.apache.camel.spi.IdempotentRepository;

/**
 * What was sent to a place, for Camel's Idempotent Consumer. It remembers nothing: only what the place's record says counts, and the
 * step that sends a backup writes that once the backup was read back.
 */
public final class SentOnRecord implements IdempotentRepository {
    private final Predicate<String> record;

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
