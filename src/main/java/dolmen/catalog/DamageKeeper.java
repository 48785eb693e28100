package dolmen.catalog;

import dolmen.model.BackupContents;
import dolmen.model.HostName;
import dolmen.model.NewerFormat;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Incomplete;
import dolmen.model.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records beside a backup that it was found damaged, so that no command takes it by itself from then on. */
public final class DamageKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(DamageKeeper.class);

    private final Path catalog;
    private final Clock clock;

    public DamageKeeper(Catalog catalog, Clock clock) {
        this.catalog = catalog.folder();
        this.clock = clock;
    }

    /** Records only what is about a backup of this catalog. Where it cannot be written it is logged, so that the damage itself is reported. */
    public void keep(BackupContents backup, StepFailure found) {
        if (!isLasting(found) || !isPublished(backup)) {
            return;
        }
        try {
            Verdicts.add(backup.folder(), verdict(found, clock));
            LOG.warn("{} counts as damaged from now on: {}", backup.name(), found.getMessage());
        } catch (StepFailure unwritable) {
            LOG.warn(
                    "{} is damaged, and that cannot be kept: {} HINT: {}",
                    backup.name(),
                    unwritable.getMessage(),
                    unwritable.hint());
        }
    }

    /** The finding as it is kept. */
    static Verdict verdict(StepFailure found, Clock clock) {
        return Verdict.of(clock.instant(), HostName.here(), Verdict.Kind.DAMAGED, List.of(found.getMessage()));
    }

    /** It is about the files themselves: not about a place that cannot be read now, nor about what a newer Dolmen wrote. */
    static boolean isLasting(StepFailure found) {
        return (found instanceof Damaged || found instanceof Incomplete)
                && !found.hint().equals(NewerFormat.HINT);
    }

    private boolean isPublished(BackupContents backup) {
        try {
            return backup.manifest().isPresent()
                    && backup.folder()
                            .toRealPath()
                            .equals(catalog.toRealPath()
                                    .resolve(backup.manifest().get().label().text()));
        } catch (IOException away) {
            LOG.debug("{} is away", backup.folder(), away);
            return false;
        }
    }
}
