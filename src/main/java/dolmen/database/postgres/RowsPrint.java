package dolmen.database.postgres;

import dolmen.model.Checksum;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** A fingerprint of the rows of a table that does not depend on their order: their number, and the sum of 64 bits of each one's SHA-256. */
public record RowsPrint(long count, long sum) {
    public static final RowsPrint EMPTY = new RowsPrint(0, 0);

    /** Takes in the rows of one table. */
    public static final class Sum {
        private final MessageDigest digest = Checksum.digest();
        private long count;
        private long sum;

        /** A row as COPY writes it, up to the limit. */
        public void add(byte[] row, int length) {
            digest.update(row, 0, length);
            sum += ByteBuffer.wrap(digest.digest()).getLong();
            count++;
        }

        public RowsPrint print() {
            return new RowsPrint(count, sum);
        }
    }
}
