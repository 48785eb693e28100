package dolmen.remote;

import dolmen.catalog.Catalog;
import dolmen.catalog.Outstanding;
import dolmen.catalog.OwnBackups;
import dolmen.catalog.SendTarget;
import dolmen.model.Backup;
import dolmen.model.BackupRun;
import dolmen.model.Label;
import dolmen.model.Run;
import dolmen.remote.Sending.Why;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides which backups a run sends to a place: those that should have been sent there before, oldest first, then its own. */
public final class Outgoing {
    private final Catalog catalog;
    private final OwnBackups own;
    private final Optional<SendTarget> target;
    private final SendWords words;

    public Outgoing(Catalog catalog, OwnBackups own, Optional<SendTarget> target, SendWords words) {
        this.catalog = catalog;
        this.own = own;
        this.target = target;
        this.words = words;
    }

    /** What is sent after a backup; nothing where no place is set. */
    public List<Sending> after(BackupRun backup) {
        return target.map(there -> due(there, catalog.find(backup.label()), Why.PUBLISHED))
                .orElse(List.of());
    }

    /**
     * What the command of a person sends: the named backup and no other, else the newest one and what should have been sent before.
     * Throws {@code Refused} where no place is set.
     */
    public List<Sending> asked(SendRun asking) {
        SendTarget there = target.orElseThrow(words::refused);
        Run run = asking.run();
        Backup asked = own.named(run.request(), catalog);
        return run.request().backup().label().isPresent()
                ? List.of(new Sending(asked, Why.ASKED))
                : due(there, asked, Why.ASKED);
    }

    /** Notes the backup as due before anything is sent, so that a later run sends what this one does not. */
    private List<Sending> due(SendTarget there, Backup backup, Why why) {
        Label label = backup.manifest().label();
        there.records().begin(label);
        List<Sending> due = new ArrayList<>();
        new Outstanding(catalog, there)
                .wanted(backup.manifest().stack()).stream()
                        .filter(each -> !each.manifest().label().equals(label))
                        .forEach(each -> due.add(new Sending(each, Why.OUTSTANDING)));
        due.add(new Sending(backup, why));
        return due;
    }

    /** Whether a complete read-back of the backup of this key is on record. */
    public boolean isThere(String key) {
        return target.isPresent()
                && catalog.labels().stream()
                        .filter(label -> label.text().equals(key))
                        .anyMatch(new Outstanding(catalog, target.get())::isThere);
    }
}
