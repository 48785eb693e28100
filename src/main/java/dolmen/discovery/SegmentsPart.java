package dolmen.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.model.Json;
import dolmen.settings.Settings;
import dolmen.stack.FoundContainer;
import dolmen.stack.Mount;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where deep storage and segment caches are, from the historicals and their mounts. */
final class SegmentsPart {
    private static final String TYPE = "druid.storage.type";
    private static final String FOLDER = "druid.storage.storageDirectory";
    private static final String CACHES = "druid.segmentCache.locations";

    private final FoundStack stack;
    private final Settings defaults;

    SegmentsPart(FoundStack stack, Settings defaults) {
        this.stack = stack;
        this.defaults = defaults;
    }

    /** {@code historicals} are the properties of each, in the order of the stack. */
    void add(List<DruidProperties> historicals, Draft draft) {
        FoundContainer first = stack.having(Role.HISTORICAL).get(0);
        DruidProperties druid = historicals.get(0);
        druid.get(TYPE)
                .filter(type -> !type.equals("local"))
                .ifPresent(type -> draft.note("deep storage is " + type + " (" + druid.placeOf(TYPE)
                        + "); segments there are not saved, only those in the shared folder"));
        List<List<String>> cachePaths =
                historicals.stream().map(each -> cachePaths(each, draft)).toList();
        Set<String> caches = new LinkedHashSet<>();
        for (int i = 0; i < cachePaths.size(); i++) {
            String service = stack.nameOf(stack.having(Role.HISTORICAL).get(i));
            cachePaths.get(i).forEach(path -> caches.add(service + ":" + path));
        }
        draft.found(
                "dolmen.segments.service",
                stack.nameOf(first),
                defaults.segments().service(),
                "what runs as historical");
        druid.get(FOLDER)
                .map(DruidProperties::absolute)
                .ifPresentOrElse(
                        folder -> deepStorage(folder, first, cachePaths.get(0), druid.placeOf(FOLDER), draft),
                        () -> draft.note(
                                "the folder of deep storage was not found (" + FOLDER + "): is dolmen.segments.path="
                                        + defaults.segments().path() + " right?"));
        if (!caches.isEmpty()) {
            draft.found(
                    "dolmen.segments.caches",
                    String.join(",", caches),
                    String.join(",", defaults.segments().caches()),
                    druid.placeOf(CACHES));
        }
    }

    /** The mount that holds deep storage, unless it holds caches as well. */
    private void deepStorage(String folder, FoundContainer historical, List<String> caches, String from, Draft draft) {
        Optional<Mount> mount = historical.service().mountOf(folder);
        Optional<Mount> own = mount.filter(found -> !found.destination().equals("/"))
                .filter(found -> caches.stream().noneMatch(found::holds));
        if (mount.isEmpty()) {
            draft.note("deep storage " + folder + " of " + historical.name()
                    + " lies on no volume: it is lost when the container is made anew");
        }
        draft.found(
                "dolmen.segments.path",
                own.map(Mount::destination).orElse(folder),
                defaults.segments().path(),
                own.map(found -> "the mount that holds " + folder + ", " + from).orElse(from));
    }

    private static List<String> cachePaths(DruidProperties druid, Draft draft) {
        List<String> paths = new ArrayList<>();
        druid.get(CACHES).ifPresent(json -> {
            try {
                Json.MAPPER
                        .readTree(json)
                        .forEach(cache -> paths.add(
                                DruidProperties.absolute(cache.path("path").asText())));
            } catch (JsonProcessingException wrong) {
                draft.note(druid.placeOf(CACHES) + " cannot be read: set dolmen.segments.caches");
            }
        });
        return paths;
    }
}
