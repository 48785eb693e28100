package dolmen.restore;

import dolmen.app.ApplicationDatabases;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.settings.MetabaseSettings;
import dolmen.stack.Host;
import java.time.Duration;
import java.util.Optional;

/** The Metabase of a plain stack. */
final class PlainMetabase {
    private PlainMetabase() {}

    static MetabaseData of(PlainStack stack, Host on, MetabaseSettings.Kind kind, Optional<String> file) {
        MetabaseSettings metabase = new MetabaseSettings(
                kind,
                "metabase",
                file,
                "postgres",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                5432,
                Optional.empty(),
                Duration.ofMinutes(1));
        return new MetabaseData(
                new MetabaseStack(metabase, on, stack.ledger, stack.home.resolve("state/scratch")),
                ApplicationDatabases.kinds());
    }
}
