package dolmen.storage;

import dolmen.model.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.io.input.ProxyInputStream;

/** One attempt at sending a part: what was read of it counts as sent, until the part is begun again. */
final class CountedPart extends ProxyInputStream {
    private final Meter meter;
    private final AtomicLong read = new AtomicLong();

    CountedPart(InputStream content, Meter meter) {
        super(content);
        this.meter = meter;
    }

    @Override
    protected void afterRead(int length) throws IOException {
        if (length > 0) {
            read.addAndGet(length);
            meter.add(length);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** What was sent must be sent again. */
    void forget() {
        meter.add(-read.getAndSet(0));
    }
}
