package dolmen.metadata;

import dolmen.model.Checksum;
import dolmen.model.IndexedSegment;
import dolmen.model.SegmentPrint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Makes the fingerprint of a segment from its row: each value with its length before it, so that no two rows give the same bytes. */
public final class PrintSum {
    private final MessageDigest digest = Checksum.digest();

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
