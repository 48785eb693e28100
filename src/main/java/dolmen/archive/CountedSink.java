package dolmen.archive;

import dolmen.model.Checksum;
import dolmen.model.Meter;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;

/** A sink whose bytes are counted as it takes them. */
final class CountedSink implements TarSink {
    private final TarSink sink;
    private final Meter meter;

    CountedSink(TarSink sink, Meter meter) {
        this.sink = sink;
        this.meter = meter;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        sink.write(bytes, offset, length);
        meter.add(length);
    }

    @Override
    public int transfer(FileChannel source, Path name, long limit, MessageDigest digest) {
        int length = sink.transfer(source, name, limit, digest);
        meter.add(Math.max(0, length));
        return length;
    }

    @Override
    public Checksum finish() {
        return sink.finish();
    }

    @Override
    public void close() {
        sink.close();
    }
}
