package dolmen.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * What the file of a generated segment is like: its least and its most bytes, and whether every second block of it can be
 * compressed. No two files are the same.
 */
record SegmentFile(int least, int most, boolean mixed) {
    private static final int BLOCK = 4096;

    void write(Path path, int number) throws IOException {
        SplittableRandom random = new SplittableRandom(number);
        int size = least + random.nextInt(most - least + 1);
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(path)) {
            for (int done = 0; done < size; done += BLOCK) {
                fill(block, random, done / BLOCK % 2 == 1);
                out.write(block, 0, Math.min(BLOCK, size - done));
            }
        }
    }

    private void fill(byte[] block, SplittableRandom random, boolean odd) {
        if (mixed && odd) {
            for (ByteBuffer words = ByteBuffer.wrap(block); words.hasRemaining(); ) {
                words.putLong(random.nextInt(256));
            }
        } else {
            random.nextBytes(block);
        }
    }
}
