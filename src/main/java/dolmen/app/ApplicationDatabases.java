package dolmen.app;

import dolmen.metabase.DatabaseKind;
import dolmen.metabase.h2.H2Kind;
import dolmen.metabase.postgres.PostgresKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The kinds of database whose data can be saved for Metabase, by the words of {@code dolmen.metabase.kind}. */
public final class ApplicationDatabases {
    private ApplicationDatabases() {}

    /** In the order in which the settings are looked at where nothing tells Metabase's environment. */
    public static Map<String, DatabaseKind.Factory> kinds() {
        Map<String, DatabaseKind.Factory> kinds = new LinkedHashMap<>();
        kinds.put(PostgresKind.WORD, PostgresKind::new);
        kinds.put(H2Kind.WORD, H2Kind::new);
        return Collections.unmodifiableMap(kinds);
    }
}
