package dolmen.deepstorage.memory;

import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.DeepStorageContract;
import dolmen.deepstorage.DeepStorageFixture;
import dolmen.deepstorage.LoadPaths;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Deep storage of objects, whose load specs have a type of their own. */
class MemoryDeepStorageContractTest extends DeepStorageContract {
    @Override
    protected DeepStorageFixture fixture(Path folder) {
        return new Objects(new MemoryStore());
    }

    private record Objects(MemoryStore store) implements DeepStorageFixture {
        @Override
        public DeepStorage open() {
            return new MemoryDeepStorage(store, new LoadPaths("memory", "/bucket/druid"));
        }

        @Override
        public void put(String path, String content) {
            store.put(path, content.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void remove(String path) {
            store.remove(path);
        }

        @Override
        public SortedMap<String, String> content() {
            SortedMap<String, String> content = new TreeMap<>();
            store.objects().forEach((key, bytes) -> content.put(key, new String(bytes, StandardCharsets.UTF_8)));
            return content;
        }

        @Override
        public void fillCache() {
            store.cache.put("a", new byte[] {1});
        }

        @Override
        public boolean cacheIsEmpty() {
            return store.cache.isEmpty();
        }

        @Override
        public void running(boolean running) {
            store.running = running;
        }
    }
}
