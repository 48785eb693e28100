package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Meter;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FilePartsTest {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    @Test
    @Tag("UP-01")
    void a_file_of_any_size_has_at_most_ten_thousand_parts_of_a_size_that_s3_takes() {
        for (long size : new long[] {0, 1, 5 * MIB, 6 * GIB, 100 * GIB, 4096 * GIB, 40_000 * GIB}) {
            FileParts parts = new FileParts(
                    Path.of("none"),
                    size,
                    S3Server.settings(URI.create("http://localhost"), S3Server.BUCKET, S3Server.SECRET_KEY, 0),
                    Meter.NONE);
            assertThat(parts.count()).as("%s bytes", size).isBetween(1, 10_000);
            long sum = 0;
            for (int part = 1; part <= parts.count(); part++) {
                boolean last = part == parts.count();
                assertThat(parts.size(part)).isBetween(last ? 0 : 5 * MIB, 5 * GIB);
                sum += parts.size(part);
            }
            assertThat(sum).isEqualTo(size);
        }
    }
}
