package dolmen.metabase;

import dolmen.model.Meter;
import dolmen.settings.MetabaseSettings;
import dolmen.stack.Host;
import dolmen.stack.StoppedServices;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The stack that a Metabase is part of: its settings, its host, the ledger of stopped services, a folder of this machine for
 * copies that are opened, and what counts the bytes of a step.
 */
public record MetabaseStack(
        MetabaseSettings settings, Host host, StoppedServices stopped, Path scratch, Supplier<Meter> meters) {
    /** One in which nobody counts bytes. */
    public MetabaseStack(MetabaseSettings settings, Host host, StoppedServices stopped, Path scratch) {
        this(settings, host, stopped, scratch, () -> Meter.NONE);
    }
}
