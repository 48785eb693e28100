package dolmen.catalog;

import dolmen.catalog.BackupSender.Sent;
import dolmen.model.Backup;
import dolmen.model.Label;
import dolmen.model.Manifest;
import dolmen.model.Meter;
import dolmen.model.Retention;
import dolmen.model.StepFailure.Unavailable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A place in memory, which can be down for all backups or for some, and what is on record of it. */
public final class HeldTarget implements SendTarget, SentRecords {
    private final SortedMap<Label, Manifest> held = new TreeMap<>();
    private final Set<Label> begun = new TreeSet<>();
    private final List<Label> sent = new ArrayList<>();
    private final List<Label> tried = new ArrayList<>();
    private final Set<Label> refused = new TreeSet<>();
    private Retention retention = Retention.NONE;
    private boolean down;

    /** What was sent, in this order. */
    public List<Label> sent() {
        return sent;
    }

    /** How often a backup was to be sent. */
    public int tries(Label label) {
        return Collections.frequency(tried, label);
    }

    public void down(boolean now) {
        this.down = now;
    }

    /** It takes anything but this. */
    public void refuse(Label label) {
        refused.add(label);
    }

    void keep(Retention policy) {
        this.retention = policy;
    }

    /** This backup is there. */
    public void hold(Backup backup) {
        held.put(backup.manifest().label(), backup.manifest());
    }

    @Override
    public String place() {
        return "memory";
    }

    @Override
    public Sent send(Backup backup, Path catalog, Meter meter) {
        Label label = backup.manifest().label();
        tried.add(label);
        if (down || refused.contains(label)) {
            throw new Unavailable("memory does not answer for " + label, "It is a test.");
        }
        sent.add(label);
        hold(backup);
        begun.remove(label);
        return new Sent(1, backup.manifest().bytes(), backup.manifest().bytes());
    }

    @Override
    public SentRecords records() {
        return this;
    }

    @Override
    public Retention retention() {
        return retention;
    }

    @Override
    public List<Label> labels() {
        return List.copyOf(held.keySet());
    }

    @Override
    public boolean holds(Backup backup) {
        return backup.manifest().equals(held.get(backup.manifest().label()));
    }

    @Override
    public void begin(Label label) {
        begun.add(label);
    }

    @Override
    public boolean isBegun(Label label) {
        return begun.contains(label);
    }
}
