package dolmen.deepstorage;

import java.util.SortedMap;

/** A deep storage beside which a test stands as Druid does: it writes and removes files, and fills a segment cache. */
public interface DeepStorageFixture {
    /** Dolmen's way to it, made anew, as another process would; it knows the segment cache. */
    DeepStorage open();

    void put(String path, String content);

    void remove(String path);

    /** What Druid sees: content by path. */
    SortedMap<String, String> content();

    void fillCache();

    boolean cacheIsEmpty();

    /** Starts or stops the service that the segment cache belongs to. */
    void running(boolean running);
}
