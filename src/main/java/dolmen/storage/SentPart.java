package dolmen.storage;

import dolmen.model.Meter;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.input.ProxyInputStream;

/** How much of one part was sent: each byte counts once, however often the part is begun again. */
final class SentPart {
    private final Meter meter;
    private boolean hashed;
    private long counted;

    /** Without TLS the SDK reads a part first to sign its hash: {@code hashed} tells that it need not. */
    SentPart(Meter meter, boolean hashed) {
        this.meter = meter;
        this.hashed = hashed;
    }

    /** The part from its beginning, to be hashed or sent. */
    InputStream begin(InputStream content) {
        if (!hashed) {
            hashed = true;
            return content;
        }
        return new ProxyInputStream(content) {
            private long position;

            @Override
            protected void afterRead(int length) throws IOException {
                position += Math.max(0, length);
                meter.add(Math.max(0, position - counted));
                counted = Math.max(counted, position);
            }

            @Override
            public boolean markSupported() {
                return false;
            }
        };
    }
}
