package dolmen.metabase;

import dolmen.settings.MetabaseSettings;
import dolmen.stack.Host;
import dolmen.stack.StoppedServices;
import java.nio.file.Path;

/**
 * The stack that a Metabase is part of: its settings, its host, the ledger of stopped services, and a folder of this machine for
 * copies that are opened.
 */
public record MetabaseStack(MetabaseSettings settings, Host host, StoppedServices stopped, Path scratch) {}
