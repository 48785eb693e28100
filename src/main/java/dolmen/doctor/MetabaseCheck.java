package dolmen.doctor;

import dolmen.metabase.H2Location;
import dolmen.metabase.Located;
import dolmen.metabase.Metabase;
import dolmen.metabase.NoDatabase;
import dolmen.metabase.PostgresLocation;
import dolmen.stack.Service;
import dolmen.stack.StoppedServices;
import java.util.ArrayList;
import java.util.List;

/** Where Metabase keeps its own data; an H2 file that is open makes a backup stop Metabase for the copy. */
final class MetabaseCheck implements Check {
    private final Source source;

    MetabaseCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        StoppedServices ledger =
                new StoppedServices(source.host(), source.settings().paths().state());
        Located located = new Metabase(source.settings().metabase(), source.host(), ledger).locate();
        if (located instanceof H2Location h2) {
            return h2(h2);
        }
        if (located instanceof PostgresLocation postgres) {
            return List.of(Seen.ok("Metabase keeps its data in database " + postgres.database() + " of "
                    + postgres.service() + " (" + postgres.foundBy() + ")"));
        }
        return List.of(Seen.info(
                "nothing of Metabase is saved: " + ((NoDatabase) located).foundBy(),
                "Set dolmen.metabase.service if there is one."));
    }

    private List<Seen> h2(H2Location h2) {
        if (!h2.present()) {
            return List.of(Seen.error("Metabase has no H2 file " + h2.file() + " (" + h2.foundBy() + ")", h2.hint()));
        }
        List<Seen> seen = new ArrayList<>();
        boolean live = source.host().find(h2.service()).filter(Service::running).isPresent();
        String what = "Metabase keeps its data in the H2 file " + h2.path() + ".mv.db";
        seen.add(
                live
                        ? Seen.info(
                                what + ", which is open: each backup stops Metabase while it is copied",
                                "Moved to PostgreSQL, Metabase goes on during a backup.")
                        : Seen.ok(what));
        h2.warnings().forEach(warning -> seen.add(Seen.warning(warning, "Put the file on a named volume.")));
        return seen;
    }
}
