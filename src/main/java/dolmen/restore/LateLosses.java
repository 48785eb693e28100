package dolmen.restore;

import dolmen.archive.PathIndex;
import dolmen.metadata.DruidMetadata;
import dolmen.metadata.MetadataDatabase;
import dolmen.model.RestoreChoice;
import dolmen.model.RestoreRun;
import dolmen.model.Run;
import dolmen.model.UndoRun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Finds what a restore or an undo would lose although nobody has consented to it: what came into the stack after the losses were checked,
 * while the restore was prepared. Of the losses that were foreseen then only hashes are kept.
 */
public final class LateLosses {
    private final DruidMetadata metadata;

    public LateLosses(DruidMetadata metadata) {
        this.metadata = metadata;
    }

    /** This restore, with all that it would lose now noted as foreseen. */
    public RestoreRun foresee(RestoreRun restore) {
        return restore.foreseeing(seen((druids, foreign) -> find(restore, druids, foreign)));
    }

    /** This undo, with all that it would lose now noted as foreseen. */
    public UndoRun foresee(UndoRun undo) {
        return undo.foreseeing(seen((druids, foreign) -> find(undo.undone(), druids, foreign)));
    }

    /** What the restore would lose now that was not foreseen. */
    public Losses since(RestoreRun restore) {
        return late(restore.foreseen(), (druids, foreign) -> find(restore, druids, foreign));
    }

    /** What the undo would lose now that was not foreseen; nothing once it has begun to swap. */
    public Losses since(UndoRun undo) {
        return late(undo.foreseen(), (druids, foreign) -> find(undo.undone(), druids, foreign));
    }

    /** Hands out losses: those of Druid's data, and those of other data in its database. */
    private interface Search {
        void into(Consumer<String> druids, Consumer<String> foreign);
    }

    private static Predicate<String> seen(Search search) {
        PathIndex seen = new PathIndex();
        search.into(seen::add, seen::add);
        return loss -> seen.find(loss) != PathIndex.ABSENT;
    }

    private static Losses late(Predicate<String> foreseen, Search search) {
        List<String> druids = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        search.into(
                loss -> addUnless(foreseen.test(loss), loss, druids),
                loss -> addUnless(foreseen.test(loss), loss, foreign));
        return new Losses(druids, foreign);
    }

    private static void addUnless(boolean known, String loss, List<String> late) {
        if (!known) {
            late.add(loss);
        }
    }

    private void find(RestoreRun restore, Consumer<String> druids, Consumer<String> foreign) {
        if (!metadata.live().exists()) {
            return;
        }
        RestoreChoice wanted = restore.choice();
        MetadataLosses losses = new MetadataLosses(metadata, Replacement.of(restore, metadata));
        losses.segments(segment -> {
            if (wanted.has(segment.datasource())) {
                druids.accept("segment " + segment.id());
            }
        });
        if (!wanted.ofDatasources()) {
            losses.others(false, druids);
            losses.foreign(foreign);
        }
    }

    private void find(Run undone, Consumer<String> druids, Consumer<String> foreign) {
        if (undone.request().choice().ofDatasources()) {
            metadata.datasources().cameSince(undone.mark(), (datasource, id) -> druids.accept("segment " + id));
            return;
        }
        MetadataDatabase old = metadata.replaced(undone.mark());
        if (old.exists() && metadata.live().exists()) {
            MetadataLosses losses = new MetadataLosses(metadata, Replacement.of(old));
            losses.segments(segment -> druids.accept("segment " + segment.id()));
            losses.others(true, druids);
            losses.foreign(foreign);
        }
    }
}
