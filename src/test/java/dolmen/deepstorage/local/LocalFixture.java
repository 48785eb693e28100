package dolmen.deepstorage.local;

import dolmen.archive.Tool;
import dolmen.deepstorage.DeepStorage;
import dolmen.deepstorage.DeepStorageFixture;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Mount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder of a fake container, reached by one transport, and its segment cache. */
final class LocalFixture implements DeepStorageFixture {
    private static final String CACHE = "/opt/druid/segment-cache";

    private final ArchivedStack stack;
    private final Path cache;

    LocalFixture(Path folder, Transport transport) throws Exception {
        stack = new ArchivedStack(folder);
        stack.volume(transport);
        stack.historical.preamble = "sync() { :; }\n";
        Tool.ok(stack.shared, "rm -r *");
        cache = Files.createDirectories(Path.of(stack.historical.root + CACHE));
        List<Mount> mounts = new ArrayList<>(stack.historical.service.mounts);
        mounts.add(new Mount("/opt/druid", cache.getParent(), Optional.of("stack_druid")));
        stack.historical.service.mounts = mounts;
    }

    @Override
    public DeepStorage open() {
        SegmentsSettings settings =
                new SegmentsSettings("historical", "/opt/shared", Optional.empty(), List.of("historical:" + CACHE));
        return new LocalDeepStorage(stack.historical.host, settings, stack.scratch, stack.catalog);
    }

    @Override
    public void put(String path, String content) {
        write(stack.shared.resolve(path), content);
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Override
    public void remove(String path) {
        try {
            Tool.ok(stack.shared, "rm -r '" + path + "'");
        } catch (IOException | InterruptedException refused) {
            throw new IllegalStateException(refused);
        }
    }

    @Override
    public SortedMap<String, String> content() {
        SortedMap<String, String> content = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(stack.shared)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String path = stack.shared.relativize(file).toString();
                if (!path.startsWith(LocalDeepStorage.OWN)) {
                    content.put(path, Files.readString(file));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return content;
    }

    @Override
    public void fillCache() {
        write(cache.resolve("info_dir/a"), "first");
    }

    @Override
    public boolean cacheIsEmpty() {
        return cache.toFile().list().length == 0;
    }

    @Override
    public void running(boolean running) {
        stack.historical.service.running = running;
    }
}
