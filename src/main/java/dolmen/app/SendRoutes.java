package dolmen.app;

import static shared.StepRoute.step;

import dolmen.archive.FreeSpace;
import dolmen.catalog.Catalog;
import dolmen.catalog.LackedBackups;
import dolmen.catalog.Outstanding;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.OwnStack;
import dolmen.catalog.SendTarget;
import dolmen.model.BackupRun;
import dolmen.remote.Outgoing;
import dolmen.remote.SendBackup;
import dolmen.remote.SendRun;
import dolmen.remote.SendWords;
import dolmen.remote.Sending;
import dolmen.settings.Settings;
import dolmen.settings.StorageSettings.Stage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import remote.SendEach;
import remote.SendRoute;
import remote.SentOnRecord;
import shared.CopyEndpoint;
import shared.CopyFile;

/** The routes that send finished backups to other places: after each backup, and by a command for each place. */
final class SendRoutes {
    private final Settings settings;
    private final Catalog catalog;
    private final OwnBackups own;
    private final Optional<SendTarget> bucket;
    private final Optional<SendTarget> copy;
    private final CamelContext context;
    private final Clock clock;

    SendRoutes(Settings settings, Catalog catalog, SendTargets targets, CamelContext context, Clock clock) {
        this.settings = settings;
        this.catalog = catalog;
        this.own = new OwnBackups(OwnStack.of(settings));
        this.bucket = targets.of(SendTargets.BUCKET, settings, context);
        this.copy = targets.of(SendTargets.COPY, settings, context);
        this.context = context;
        this.clock = clock;
    }

    List<RoutesBuilder> all() {
        List<RoutesBuilder> routes = new ArrayList<>();
        routes.addAll(afterBackup("upload-backup", bucketOfCatalog(), SendWords.UPLOAD));
        routes.addAll(afterBackup("copy-backup", copy, SendWords.COPY));
        routes.addAll(command("send-backup", bucket, SendWords.UPLOAD));
        routes.addAll(command("send-copy", copy, SendWords.COPY));
        settings.copy().to().ifPresent(to -> routes.add(new CopyFile(CopyEndpoint.of(context, settings.copy()))));
        return routes;
    }

    /** The backups that these places have not got yet, which pruning keeps for them. */
    LackedBackups lacked() {
        return new LackedBackups(
                Stream.of(bucketOfCatalog(), copy)
                        .flatMap(Optional::stream)
                        .map(target -> new Outstanding(catalog, target))
                        .toList(),
                () -> FreeSpace.at(catalog.folder()));
    }

    /** The bucket as a place to send backups to; empty where backups are made in the bucket itself. */
    private Optional<SendTarget> bucketOfCatalog() {
        return bucket.filter(target -> settings.storage().stage() == Stage.CATALOG);
    }

    private List<RoutesBuilder> afterBackup(String step, Optional<SendTarget> target, SendWords words) {
        Outgoing outgoing = new Outgoing(catalog, own, target, words);
        return List.of(
                new SendEach<>(
                        step,
                        BackupRun.class,
                        outgoing::after,
                        new SentOnRecord(outgoing::isThere),
                        (backup, sent) -> backup.tell(sent.line())),
                step(step, Sending.class, new SendBackup(catalog, target, words)));
    }

    private List<RoutesBuilder> command(String step, Optional<SendTarget> target, SendWords words) {
        Outgoing outgoing = new Outgoing(catalog, own, target, words);
        return List.of(
                new SendRoute(words.command(), step, clock),
                new SendEach<>(step, SendRun.class, outgoing::asked, new SentOnRecord(outgoing::isThere), SendRun::and),
                step(step, Sending.class, new SendBackup(catalog, target, words)));
    }
}
