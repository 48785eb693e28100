package dolmen.settings;

import dolmen.model.Retention;
import dolmen.model.StepFailure.Unusable;
import dolmen.model.Transport;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All settings, a record for each block; {@code metadataType} is Druid's word for its kind of metadata store, such as {@code postgresql}. */
public record Settings(
        PathSettings paths,
        StackSettings stack,
        MetadataSettings metadata,
        String metadataType,
        SegmentsSettings segments,
        DruidSettings druid,
        MetabaseSettings metabase,
        BackupSettings backup,
        RestoreSettings restore,
        RetrySettings retry,
        IntakeSettings intake,
        RetentionSettings retention,
        StorageSettings storage,
        CopySettings copy,
        FreshnessSettings freshness,
        NotifySettings notices,
        HttpSettings http) {
    private static final long MIB = 1 << 20;

    public Settings {
        if (storage.stage() == StorageSettings.Stage.NONE
                && segments.transport().equals(Optional.of(Transport.SIDECAR))) {
            throw new IllegalArgumentException(
                    "dolmen.segments.transport is sidecar, which packs into a folder of this machine, but"
                            + " dolmen.storage.stage=none keeps no archive here: use auto, mount or api");
        }
    }

    /** Reads every block; throws {@link Unusable} for a value that cannot be used or a key that is not known. */
    public static Settings from(SettingsSource source) {
        try {
            Settings settings = new Settings(
                    paths(source),
                    stack(source),
                    metadata(source),
                    source.text("dolmen.metadata.type", "postgresql"),
                    segments(source),
                    druid(source),
                    metabase(source),
                    new BackupSettings(
                            source.flag("dolmen.backup.read-back", true),
                            source.number("dolmen.backup.passes", 3),
                            source.flag("dolmen.backup.check-space", true),
                            source.duration("dolmen.backup.count-limit", "30s")),
                    restore(source),
                    retry(source),
                    intake(source),
                    retention(source),
                    storage(source),
                    new CopySettings(source.secret("dolmen.copy.to")),
                    FreshnessSettings.from(source),
                    NotifySettings.from(source),
                    http(source));
            source.refuseUnknownKeys();
            return settings;
        } catch (IllegalArgumentException refused) {
            throw new Unusable(refused.getMessage(), "Correct the setting.", refused);
        }
    }

    private static PathSettings paths(SettingsSource source) {
        return new PathSettings(
                source.path("dolmen.catalog.path", "backup"),
                source.path("dolmen.inbox.path", "inbox"),
                source.path("dolmen.dead-letter.path", "dead-letter"),
                source.path("dolmen.state.path", "state"),
                source.text("dolmen.catalog.marker"));
    }

    private static StackSettings stack(SettingsSource source) {
        return new StackSettings(
                choice(source, "dolmen.stack.kind", StackSettings.Kind.class).orElse(StackSettings.Kind.DOCKER),
                source.text("dolmen.stack.name"),
                source.text("dolmen.stack.project"),
                source.list("dolmen.stack.services", "router,broker,middlemanager,historical,coordinator"),
                source.text("dolmen.stack.up-command"),
                source.text("dolmen.stack.stop-command"),
                source.text("dolmen.stack.start-command"),
                source.text("dolmen.stack.running-command"),
                source.duration("dolmen.stack.stop-limit", "60s"),
                source.text("dolmen.docker.host")
                        .or(() -> source.variable("DOCKER_HOST"))
                        .orElse("unix:///var/run/docker.sock"),
                source.parsed("dolmen.docker.certificates", Path::of, "a folder"));
    }

    private static MetadataSettings metadata(SettingsSource source) {
        return new MetadataSettings(
                source.text("dolmen.metadata.service", "postgres"),
                source.text("dolmen.metadata.database", "druid"),
                source.text("dolmen.metadata.user"),
                source.secret("dolmen.metadata.password"),
                source.text("dolmen.metadata.host"),
                source.number("dolmen.metadata.port", 5432),
                source.duration("dolmen.metadata.limit", "1h"));
    }

    private static SegmentsSettings segments(SettingsSource source) {
        String transport = source.text("dolmen.segments.transport", "auto");
        return new SegmentsSettings(
                source.text("dolmen.segments.service", "historical"),
                source.text("dolmen.segments.path", "/opt/shared"),
                transport.equals("auto")
                        ? Optional.empty()
                        : choice(source, "dolmen.segments.transport", Transport.class),
                source.list("dolmen.segments.caches", "historical:/opt/druid/var/segment-cache"),
                MIB * source.number("dolmen.segments.limit-mib", 0));
    }

    private static DruidSettings druid(SettingsSource source) {
        return new DruidSettings(
                source.parsed("dolmen.druid.url", URI::create, "an address such as http://localhost:8888")
                        .orElse(URI.create("http://127.0.0.1:8888")),
                source.text("dolmen.druid.user"),
                source.secret("dolmen.druid.password"),
                source.parsed("dolmen.druid.ca-file", Path::of, "a file"),
                source.duration("dolmen.druid.call-limit", "30s"),
                source.duration("dolmen.druid.verify-limit", "10m"));
    }

    private static MetabaseSettings metabase(SettingsSource source) {
        return new MetabaseSettings(
                choice(source, "dolmen.metabase.kind", MetabaseSettings.Kind.class)
                        .orElse(MetabaseSettings.Kind.AUTO),
                source.text("dolmen.metabase.service", "metabase"),
                source.text("dolmen.metabase.file"),
                source.text("dolmen.metabase.postgres-service", "postgres"),
                source.text("dolmen.metabase.database"),
                source.text("dolmen.metabase.user"),
                source.secret("dolmen.metabase.password"),
                source.text("dolmen.metabase.host"),
                source.number("dolmen.metabase.port", 5432),
                source.parsed("dolmen.metabase.url", Settings::webAddress, "an address such as http://localhost:3000"),
                source.duration("dolmen.metabase.limit", "10m"));
    }

    private static URI webAddress(String text) {
        URI uri = URI.create(text.replaceFirst("/+$", ""));
        boolean usable = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null;
        if (!usable) {
            throw new IllegalArgumentException("no address of the web");
        }
        return uri;
    }

    private static RestoreSettings restore(SettingsSource source) {
        return new RestoreSettings(
                source.number("dolmen.restore.safety-copies", 1),
                source.flag("dolmen.restore.clear-past", true),
                choice(source, "dolmen.restore.supervisors", RestoreSettings.Supervisors.class)
                        .orElse(RestoreSettings.Supervisors.AUTO));
    }

    private static RetrySettings retry(SettingsSource source) {
        Map<String, Integer> attemptsByStep = new TreeMap<>();
        for (String step : source.between("dolmen.retry.", ".attempts")) {
            attemptsByStep.put(step, source.number("dolmen.retry." + step + ".attempts", 1));
        }
        return new RetrySettings(
                source.number("dolmen.retry.attempts", 4),
                source.duration("dolmen.retry.delay", "2s"),
                source.parsed("dolmen.retry.multiplier", Double::valueOf, "a number")
                        .orElse(2.0),
                source.duration("dolmen.retry.maximum-delay", "60s"),
                attemptsByStep);
    }

    private static RetentionSettings retention(SettingsSource source) {
        return new RetentionSettings(
                retention(source, "dolmen.retention."),
                retention(source, "dolmen.storage.retention."),
                source.flag("dolmen.retention.after-backup", true));
    }

    private static Retention retention(SettingsSource source, String block) {
        return new Retention(
                source.number(block + "keep-last", 0),
                source.parsed(block + "keep-days", Settings::days, "a whole number of days"),
                source.number(block + "keep-daily", 0),
                source.number(block + "keep-weekly", 0),
                source.number(block + "keep-monthly", 0),
                source.number(block + "keep-yearly", 0),
                zone(source));
    }

    private static Duration days(String text) {
        Duration days = Duration.ofDays(Long.parseLong(text));
        if (days.isNegative()) {
            throw new IllegalArgumentException("below 0");
        }
        return days;
    }

    private static StorageSettings storage(SettingsSource source) {
        return new StorageSettings(
                source.text("dolmen.storage.bucket"),
                source.text("dolmen.storage.prefix", "dolmen"),
                source.parsed("dolmen.storage.endpoint", URI::create, "an address such as https://s3.example.org"),
                source.text("dolmen.storage.region", "us-east-1"),
                source.flag(
                        "dolmen.storage.path-style",
                        source.text("dolmen.storage.endpoint").isPresent()),
                source.text("dolmen.storage.access-key"),
                source.secret("dolmen.storage.secret-key"),
                source.parsed("dolmen.storage.ca-file", Path::of, "a file"),
                MIB * source.number("dolmen.storage.part-mib", 16),
                MIB * source.number("dolmen.storage.limit-mib", 0),
                choice(source, "dolmen.storage.stage", StorageSettings.Stage.class)
                        .orElse(StorageSettings.Stage.CATALOG),
                source.flag("dolmen.storage.retention.prune-versions", false));
    }

    private static HttpSettings http(SettingsSource source) {
        return new HttpSettings(
                source.flag("dolmen.http.enabled", true),
                source.text("dolmen.http.address", "127.0.0.1"),
                source.number("dolmen.http.port", 8181),
                source.text("dolmen.http.user"),
                source.secret("dolmen.http.password"),
                source.secret("dolmen.http.token"));
    }

    private static ZoneId zone(SettingsSource source) {
        return source.parsed("dolmen.schedule.zone", ZoneId::of, "a time zone such as Europe/Zurich")
                .orElse(ZoneId.of("UTC"));
    }

    private static IntakeSettings intake(SettingsSource source) {
        ZoneId zone = zone(source);
        return new IntakeSettings(
                Timetable.of(
                        schedule(source, "dolmen.schedule.full", "0 0 2 ? * SUN", zone),
                        schedule(source, "dolmen.schedule.incremental", "0 0 2 ? * MON-SAT", zone)),
                source.duration("dolmen.inbox.poll", "1s"),
                source.duration("dolmen.inbox.lock-limit", "6h"),
                source.flag("dolmen.schedule.catch-up", false));
    }

    private static Optional<Schedule> schedule(SettingsSource source, String key, String otherwise, ZoneId zone) {
        return source.parsed(
                        key,
                        cron -> cron.equals("off") ? Optional.<Schedule>empty() : Optional.of(new Schedule(cron, zone)),
                        "off or a Quartz cron expression such as 0 0 2 * * ?")
                .orElseGet(() -> Optional.of(new Schedule(otherwise, zone)));
    }

    private static <E extends Enum<E>> Optional<E> choice(SettingsSource source, String key, Class<E> type) {
        String expected = "one of "
                + String.join(
                                ", ",
                                Stream.of(type.getEnumConstants())
                                        .map(Enum::name)
                                        .toList())
                        .toLowerCase(Locale.ROOT);
        return source.parsed(key, word -> Enum.valueOf(type, word.toUpperCase(Locale.ROOT)), expected);
    }
}
