package dolmen.metadata;

import dolmen.model.Checksum;
import dolmen.model.IndexedSegment;
import dolmen.model.SegmentPrint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Makes the fingerprint of a segment from its row. Each value is hashed with its length (8 bytes, big-endian) before it, so that no two
 * rows give the same bytes; {@code LivePrints} has PostgreSQL compute the same. Not for several threads.
 */
public final class PrintSum {
    private final MessageDigest digest = Checksum.digest();

    /** {@code created} is created_date as the database writes it; {@code datasource} is not hashed. */
    public SegmentPrint print(String id, String datasource, String created, byte[] payload) {
        add(id.getBytes(StandardCharsets.UTF_8));
        add(created.getBytes(StandardCharsets.UTF_8));
        add(payload);
        return new SegmentPrint(
                id, datasource, created, Checksum.of(digest).sha256().substring(0, IndexedSegment.DIGITS));
    }

    private void add(byte[] value) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value.length).array());
        digest.update(value);
    }
}
