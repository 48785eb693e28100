package dolmen.backup;

import dolmen.metadata.DruidMetadata;
import dolmen.model.StackIdentity;
import dolmen.model.StackIdentity.ContainerIdentity;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.Settings;
import dolmen.stack.Host;
import dolmen.stack.Service;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Identifies the stack that the settings lead to. */
public final class StackInspector {
    private static final String STORE_TYPE = "druid_metadata_storage_type";

    private final Host host;
    private final DruidMetadata metadata;
    private final Settings settings;

    public StackInspector(Host host, DruidMetadata metadata, Settings settings) {
        this.host = host;
        this.metadata = metadata;
        this.settings = settings;
    }

    /** The services that must exist for a backup or a restore; Metabase need not. */
    public List<String> required() {
        return Stream.concat(
                        settings.stack().services().stream(),
                        Stream.of(
                                settings.metadata().service(),
                                settings.segments().service()))
                .distinct()
                .toList();
    }

    /** Each service that was found in a container, with that container's name and compose project. */
    public List<String> services() {
        return serviceNames()
                .flatMap(name -> host.find(name).stream())
                .filter(Service::isContainer)
                .map(Service::inWords)
                .toList();
    }

    /** The identity of the stack as it stands now. */
    public StackIdentity identity() {
        SortedMap<String, ContainerIdentity> containers = new TreeMap<>();
        Optional<String> project = Optional.empty();
        for (String name : serviceNames().toList()) {
            Optional<Service> service = host.find(name).filter(Service::isContainer);
            service.ifPresent(this::requireSupportedStore);
            service.ifPresent(found -> containers.put(name, new ContainerIdentity(found.id(), found.image())));
            project = project.or(() -> service.flatMap(Service::project));
        }
        return new StackIdentity(
                settings.stack().name(),
                metadata.systemIdentifier(),
                Optional.of(settings.metadata().database()),
                sharedFolder(),
                project,
                containers);
    }

    /** Where the shared folder is: the name of its volume, or its path on the engine's machine; without containers the real path here. */
    private Optional<String> sharedFolder() {
        String path = settings.segments().path();
        Optional<Service> service = host.find(settings.segments().service());
        return service.flatMap(found -> found.isContainer()
                ? found.mountOf(path).map(mount -> mount.originOf(path))
                : Optional.of(real(Path.of(path))));
    }

    private static String real(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException notThereYet) {
            return folder.toAbsolutePath().normalize().toString();
        }
    }

    private Stream<String> serviceNames() {
        return Stream.concat(required().stream(), Stream.of(settings.metabase().service()))
                .distinct();
    }

    /** Segments without their metadata are no backup, so another kind of metadata store is refused, not left out. */
    private void requireSupportedStore(Service service) {
        service.variable(STORE_TYPE)
                .filter(type -> !type.isBlank() && !type.equals(metadata.type()))
                .ifPresent(type -> {
                    throw new Refused(
                            "Druid keeps its metadata in " + type + " (" + STORE_TYPE + " of " + service.name()
                                    + "), which is not covered",
                            "Move the metadata to " + metadata.product() + "; the segments alone cannot be restored.");
                });
    }
}
