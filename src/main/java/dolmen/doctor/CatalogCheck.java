package dolmen.doctor;

import dolmen.archive.FreeSpace;
import dolmen.catalog.CatalogSpaceCheck;
import dolmen.model.Ahead;
import dolmen.model.Kind;
import dolmen.model.Size;
import dolmen.model.StepFailure.Refused;
import dolmen.settings.StorageSettings.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Whether the catalog, where a backup is staged too, is on its disk and has room for the next backup. */
final class CatalogCheck implements Check {
    private final Source source;

    CatalogCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        Path catalog = source.settings().paths().catalog().toAbsolutePath().normalize();
        Optional<Path> missing =
                source.settings().paths().catalogMarker().map(catalog::resolve).filter(file -> !Files.exists(file));
        if (missing.isPresent()) {
            return List.of(Seen.error(
                    "there is no " + missing.get() + ", the sign that the catalog's disk is mounted",
                    "Mount the disk, or correct dolmen.catalog.marker."));
        }
        List<Seen> seen = new ArrayList<>();
        Ahead.of(source.clock())
                .words(source.catalog().labels())
                .ifPresent(future -> seen.add(Seen.warning(
                        future,
                        "Keep this machine's clock by NTP. Where it is right now, these backups are restored only by their"
                                + " labels, and never pruned.")));
        if (source.settings().storage().stage() == Stage.NONE) {
            seen.add(Seen.info("no backup is staged here: dolmen.storage.stage is none"));
            return seen;
        }
        spaceForAnother(seen);
        seen.add(spaceForSegments(catalog));
        return seen;
    }

    /** Adds an error where a backup would be refused for want of room. */
    private void spaceForAnother(List<Seen> seen) {
        if (!source.settings().backup().checkSpace()) {
            return;
        }
        try {
            source.own()
                    .newest(() -> source.catalog()
                            .good()
                            .filter(backup -> backup.manifest().kind() == Kind.FULL))
                    .ifPresent(new CatalogSpaceCheck(source.catalog())::requireAnother);
        } catch (Refused tooSmall) {
            seen.add(Seen.error(tooSmall.getMessage(), tooSmall.hint()));
        }
    }

    private Seen spaceForSegments(Path catalog) {
        long free = FreeSpace.at(catalog);
        LongAdder needed = new LongAdder();
        source.metadata().live().usedSegments().forEach(segment -> needed.add(segment.size()));
        String words = "the catalog " + catalog + " has " + Size.words(free) + " free, the used segments have "
                + Size.words(needed.sum());
        return free > needed.sum()
                ? Seen.ok(words)
                : Seen.error(
                        words,
                        "Make room, choose another dolmen.catalog.path, or send backups to a bucket alone:"
                                + " dolmen.storage.stage=none.");
    }
}
