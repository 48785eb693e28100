package dolmen.metabase.postgres;

import dolmen.database.postgres.DumpProfile;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** By which tables a dump is known to be one of Metabase's application database. */
public final class MetabaseProfile implements DumpProfile {
    @Override
    public SortedSet<String> missing(Collection<String> tables) {
        SortedSet<String> missing = new TreeSet<>(List.of("core_user", "databasechangelog"));
        missing.removeAll(tables);
        return missing;
    }
}
