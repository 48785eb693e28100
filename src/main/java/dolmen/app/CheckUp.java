package dolmen.app;

import dolmen.archive.FileFailures;
import dolmen.archive.SafeFiles;
import dolmen.backup.StackInspector;
import dolmen.catalog.CopyProbeTarget;
import dolmen.deepstorage.DeepStorage;
import dolmen.discovery.Discovery;
import dolmen.doctor.Doctor;
import dolmen.doctor.Finding;
import dolmen.doctor.Source;
import dolmen.druid.DruidApi;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.metadata.DruidMetadata;
import dolmen.model.StackIdentity;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.stack.Engine;
import dolmen.stack.Host;
import dolmen.stack.StoppedServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import shared.CopyProbe;
import shared.DruidGateway;
import shared.DruidHttp;

/** Looks at a stack outside of any run: finds the settings for it, its identity, or what all checks say of it. */
public final class CheckUp implements AutoCloseable {
    private final Settings settings;
    private final CamelContext context = new DefaultCamelContext();
    private final Host host;

    public CheckUp(Settings settings) {
        this.settings = settings;
        this.host = StackAccess.host(settings, context);
        try {
            for (RoutesBuilder route : StackAccess.routes(settings)) {
                context.addRoutes(route);
            }
            context.addRoutes(new DruidHttp(settings.druid()));
            context.start();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException("the routes do not start", failure);
        }
    }

    /** Throws {@code Refused} when there is no stack, or more than one, and {@link Unusable} where no container engine is set. */
    public Discovery discover(Optional<String> project) {
        Engine engine = host.engine()
                .orElseThrow(() -> new Unusable(
                        "dolmen.stack.kind is " + settings.stack().kind().name().toLowerCase(Locale.ROOT)
                                + ", and only containers can be looked at",
                        "Write the settings by hand; config/defaults.properties lists them all."));
        return Discovery.of(
                engine.containers(),
                project.or(settings.stack()::project),
                engine::text,
                Settings.from(new SettingsSource(new Properties(), Map.of(), new Properties())),
                engine.address());
    }

    /** Asks the stack which one it is. */
    public StackIdentity identity() {
        return new StackInspector(host, MetadataStores.ALL.of(settings, host), settings).identity();
    }

    /** What all checks found. */
    public List<Finding> examine() {
        Path scratch = scratch();
        try {
            DruidApi druid = new DruidApi(DruidGateway.over(context.createProducerTemplate()), settings.druid());
            Optional<Source.Engine> engine = host.engine().map(own -> new EngineSource(own, host, settings));
            DruidMetadata metadata = MetadataStores.ALL.of(settings, host);
            Optional<CopyProbeTarget> copies = settings.copy().to().map(to -> new CopyProbe(context, settings.copy()));
            MetabaseData metabase = new MetabaseData(
                    new MetabaseStack(
                            settings.metabase(),
                            host,
                            new StoppedServices(host, settings.paths().state()),
                            scratch),
                    ApplicationDatabases.kinds());
            DeepStorage deepStorage = DeepStorages.KNOWN.of(settings, host, scratch);
            return new Doctor(new Source(
                            settings, host, engine, metadata, deepStorage, druid, metabase, copies, Clock.systemUTC()))
                    .examine();
        } finally {
            SafeFiles.remove(scratch);
        }
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("dolmen");
        } catch (IOException refused) {
            throw FileFailures.writing(Path.of(System.getProperty("java.io.tmpdir")), refused);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
