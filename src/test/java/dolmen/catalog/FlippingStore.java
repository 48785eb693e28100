package dolmen.catalog;

import dolmen.storage.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A fake store that hands out one object with a byte changed, so many times. */
final class FlippingStore extends PassingStore {
    private final String key;
    private int left;

    FlippingStore(ObjectStore store, String key, int times) {
        super(store);
        this.key = key;
        this.left = times;
    }

    @Override
    public InputStream read(String asked) {
        InputStream content = super.read(asked);
        return asked.equals(key) && left-- > 0 ? flipped(content) : content;
    }

    private static InputStream flipped(InputStream content) {
        return new FilterInputStream(content) {
            private boolean done;

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                if (!done && count > 0) {
                    buffer[offset] ^= 1;
                    done = true;
                }
                return count;
            }
        };
    }
}
