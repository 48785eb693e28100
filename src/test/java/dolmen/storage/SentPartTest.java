package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.CountingMeter;
import dolmen.settings.StorageSettings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SentPartTest {
    private static final byte[] CONTENT = new byte[4_000_000];

    @Test
    void without_tls_the_limit_holds_up_the_sending_and_not_the_hashing_before_it() throws Exception {
        CountingMeter meter = new CountingMeter();
        SentPart part = new SentPart(meter, settings("http", 4_000_000), 2);
        InputStream hashed = new ByteArrayInputStream(CONTENT);
        assertThat(part.begin(hashed)).isSameAs(hashed);

        long begun = System.nanoTime();
        part.begin(new ByteArrayInputStream(CONTENT)).readAllBytes();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(1500));
        assertThat(meter.done()).isEqualTo(CONTENT.length);
    }

    @Test
    void with_tls_every_reading_is_a_sending_and_a_byte_counts_once() throws Exception {
        CountingMeter meter = new CountingMeter();
        SentPart part = new SentPart(meter, settings("https", 0), 2);
        part.begin(new ByteArrayInputStream(CONTENT)).readNBytes(1000);
        part.begin(new ByteArrayInputStream(CONTENT)).readAllBytes();
        assertThat(meter.done()).isEqualTo(CONTENT.length);
    }

    private static StorageSettings settings(String scheme, long bytesPerSecond) {
        return S3Server.settings(
                URI.create(scheme + "://127.0.0.1:9"), S3Server.BUCKET, S3Server.SECRET_KEY, bytesPerSecond);
    }
}
