package dolmen.deepstorage.local;

import dolmen.archive.FileFailures;
import dolmen.archive.Trees;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Service;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The segment caches that the settings name as {@code service:/path}. With a stale cache Druid serves segments that deep
 * storage lost, and every API says 100 %, until the cache is lost too.
 */
final class SegmentCaches {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentCaches.class);

    private final Host host;
    private final SegmentsSettings settings;

    SegmentCaches(Host host, SegmentsSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    /** One cache of one service. */
    private record Cache(Service service, String path) {}

    /** These services are stopped when the caches are emptied. */
    void check(Set<String> stopped) {
        for (String text : settings.caches()) {
            Cache cache = find(text);
            if (!stopped.contains(cache.service().name())) {
                requireStopped(cache);
            }
            if (SharedFolder.isLocal(cache.service())) {
                requireWritable(Path.of(cache.path()));
            }
        }
    }

    private static void requireWritable(Path folder) {
        try {
            List<Path> folders = new ArrayList<>(Files.isDirectory(folder) ? List.of(folder) : List.of());
            folders.addAll(foldersIn(folder));
            for (Path each : folders) {
                if (!Files.isWritable(each)) {
                    throw new StepFailure.Refused(
                            each + " of a segment cache cannot be emptied, since this process may not write it",
                            "Run Dolmen as a user who may, or correct dolmen.segments.caches.");
                }
            }
        } catch (IOException unreadable) {
            throw FileFailures.reading(folder, unreadable);
        }
    }

    private static List<Path> foldersIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(folder)) {
            return names.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static void requireStopped(Cache cache) {
        if (cache.service().running()) {
            throw new StepFailure.Refused(
                    "the segment cache of " + cache.service().name() + " cannot be emptied while the service runs",
                    "Stop it first: put it into dolmen.stack.services.");
        }
    }

    void empty() {
        for (String cache : settings.caches()) {
            empty(find(cache));
            LOG.info("emptied the segment cache {}", cache);
        }
    }

    private Cache find(String text) {
        int colon = text.indexOf(":/");
        if (colon <= 0 || text.length() == colon + 2) {
            throw new StepFailure.Unusable(
                    "'" + text + "' in dolmen.segments.caches is no service:/path", "Correct dolmen.segments.caches.");
        }
        String path = text.substring(colon + 1);
        Service service = host.find(text.substring(0, colon))
                .orElseThrow(() -> new StepFailure.Refused(
                        "the service of the segment cache " + text + " does not exist",
                        "Correct dolmen.segments.caches."));
        boolean local = SharedFolder.isLocal(service);
        if (!local && service.mountOf(path).isEmpty()) {
            throw new StepFailure.Refused(
                    "the segment cache " + text + " does not lie on a volume, so it cannot be emptied",
                    "Put it on a volume; or take it out of dolmen.segments.caches and recreate the container.");
        }
        return new Cache(service, path);
    }

    private void empty(Cache cache) {
        requireStopped(cache);
        if (SharedFolder.isLocal(cache.service())) {
            deleteContent(Path.of(cache.path()));
            return;
        }
        // not through a folder of this machine: it may only have the same name as the volume of an engine elsewhere
        String path = Shell.quote(cache.path());
        ScriptSwap.run(
                host,
                cache.service().name(),
                "[ ! -d " + path + " ] || find " + path + " -mindepth 1 -delete",
                Optional.empty());
    }

    private static void deleteContent(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            for (Path path : names) {
                Trees.delete(path);
            }
        } catch (IOException refused) {
            throw FileFailures.writing(folder, refused);
        }
    }
}
