package dolmen.doctor;

import dolmen.deepstorage.Orphans;
import dolmen.model.Meter;
import dolmen.model.Size;
import java.util.List;

/** Files of deep storage that no row refers to: no backup needs them, yet a full one holds them. */
final class OrphansCheck implements Check {
    private final Source source;

    OrphansCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        Orphans orphans = Orphans.find(
                source.metadata().live().allSegments(),
                source.deepStorage().paths(),
                source.deepStorage().files(0, Meter.NONE));
        if (orphans.files() == 0) {
            return List.of(Seen.ok("no orphans: a row refers to each file of deep storage"));
        }
        return List.of(Seen.warning(
                orphans.files() + " orphan files with " + Size.words(orphans.bytes())
                        + ", which no row refers to: " + String.join(", ", orphans.first())
                        + (orphans.files() > orphans.first().size() ? ", ..." : ""),
                "Tasks that publish right now make some. Those that stay can be removed by hand after a backup; nothing"
                        + " but full backups grows by them."));
    }
}
