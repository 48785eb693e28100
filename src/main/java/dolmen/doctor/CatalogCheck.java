package dolmen.doctor;

import dolmen.archive.FreeSpace;
import dolmen.catalog.CatalogSpaceCheck;
import dolmen.model.Ahead;
import dolmen.model.Kind;
import dolmen.model.SegmentEntry;
import dolmen.model.Size;
import dolmen.settings.StorageSettings.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the catalog, where a backup is staged too, is on its disk and has room for the next backup. */
final class CatalogCheck implements Check {
    private final Source source;

    CatalogCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        Path catalog = source.settings().paths().catalog().toAbsolutePath().normalize();
        List<Seen> seen = new ArrayList<>();
        source.settings()
                .paths()
                .catalogMarker()
                .map(catalog::resolve)
                .filter(file -> !Files.exists(file))
                .ifPresent(marker -> seen.add(Seen.error(
                        "there is no " + marker + ", the sign that the catalog's disk is mounted",
                        "Mount the disk, or correct dolmen.catalog.marker.")));
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
        if (source.settings().backup().checkSpace()) {
            source.own()
                    .newest(() -> source.catalog()
                            .good()
                            .filter(backup -> backup.manifest().kind() == Kind.FULL))
                    .ifPresent(new CatalogSpaceCheck(source.catalog())::requireAnother);
        }
        long free = FreeSpace.at(catalog);
        long[] needed = new long[1];
        source.metadata().live().usedSegments().forEach((SegmentEntry segment) -> needed[0] += segment.size());
        String room = "the catalog " + catalog + " has " + Size.words(free) + " free, the used segments have "
                + Size.words(needed[0]);
        seen.add(
                free > needed[0]
                        ? Seen.ok(room)
                        : Seen.error(
                                room,
                                "Make room, choose another dolmen.catalog.path, or send backups to a bucket alone:"
                                        + " dolmen.storage.stage=none."));
        return seen;
    }
}
