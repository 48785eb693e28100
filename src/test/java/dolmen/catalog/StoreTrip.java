package dolmen.catalog;

import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Meter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lets tests of other packages send the backups of a catalog to any store, and bring them from there. */
public record StoreTrip(Catalog catalog, BackupStore store) {
    public void send(Label label) {
        Backup backup = catalog.find(label);
        new BackupSender(store, Meter.NONE).send(backup, catalog.folder());
    }

    /** Into the catalog, which has lost it; what the manifest vouches for is compared. */
    public void fetch(Label label) throws IOException {
        Path staging = catalog.stageAgain(label);
        for (String name : store.names(label)) {
            try (InputStream content = store.open(label, name)) {
                Files.copy(content, staging.resolve(name));
            }
        }
        ReadBack contents = new ReadBack(store);
        Catalog.manifestIn(staging)
                .orElseThrow()
                .artifacts()
                .forEach(each -> contents.compare(label, each, Meter.NONE));
        catalog.publish(staging);
    }
}
