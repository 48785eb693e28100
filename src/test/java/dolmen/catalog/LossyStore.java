package dolmen.catalog;

import dolmen.archive.TarSink;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import dolmen.storage.ObjectStore;
import java.nio.file.Path;

/** A fake store that says that it has stored an archive and keeps something else. */
final class LossyStore extends PassingStore {
    LossyStore(ObjectStore store) {
        super(store);
    }

    @Override
    public TarSink begin(String key) {
        TarSink sink = super.begin(key);
        return new TarSink() {
            @Override
            public void write(byte[] bytes, int offset, int length) {
                sink.write(bytes, offset, length);
            }

            @Override
            public Checksum finish() {
                Checksum sum = sink.finish();
                put(key, "a part of it");
                return sum;
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    @Override
    public long put(Path file, Artifact content, String key, Meter meter) {
        if (key.endsWith(Artifact.SEGMENT_ARCHIVE)) {
            put(key, "a part of it");
            return content.bytes();
        }
        return super.put(file, content, key, meter);
    }
}
