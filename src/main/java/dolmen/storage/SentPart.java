package dolmen.storage;

import dolmen.model.Meter;
import dolmen.settings.StorageSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.commons.io.input.ProxyInputStream;
import org.apache.commons.io.input.ThrottledInputStream;

/** How much of one part was sent: each byte counts once, however often the part is begun again. */
final class SentPart {
    private final Meter meter;
    private final long bytesPerSecond;
    private boolean hashed;
    private long counted;

    /**
     * One of so many parts that are sent together and share the limit, which is kept when they are sent. Without TLS the SDK
     * reads a part once before, to sign its hash.
     */
    SentPart(Meter meter, StorageSettings settings, int together) {
        this.meter = meter;
        this.hashed = settings.isEncrypted();
        this.bytesPerSecond = settings.bytesPerSecond() == 0 ? 0 : Math.max(1, settings.bytesPerSecond() / together);
    }

    /** The part from its beginning, to be hashed or sent. */
    InputStream begin(InputStream content) {
        if (!hashed) {
            hashed = true;
            return content;
        }
        return new ProxyInputStream(limited(content)) {
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

    private InputStream limited(InputStream content) {
        if (bytesPerSecond == 0) {
            return content;
        }
        try {
            ThrottledInputStream.Builder slow = ThrottledInputStream.builder().setInputStream(content);
            slow.setMaxBytesPerSecond(bytesPerSecond);
            return slow.get();
        } catch (IOException impossible) {
            throw new UncheckedIOException("nothing is read yet", impossible);
        }
    }
}
