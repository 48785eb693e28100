package dolmen.doctor;

import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.Place;
import dolmen.stack.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Where Metabase keeps its own data; an H2 file that is open makes a backup stop Metabase for the copy. */
final class MetabaseCheck implements Check {
    private final Source source;

    MetabaseCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        MetabaseData metabase = source.metabase();
        ApplicationDatabase database = metabase.database();
        Place place = database.place();
        if (place.isNone()) {
            return List.of(Seen.info(
                    "nothing of Metabase is saved: " + place.foundBy(),
                    "Set dolmen.metabase.service if there is one."));
        }
        database.requirePresent();
        String what = "Metabase keeps its data in " + place.inWords();
        boolean open = database.stopsMetabase()
                && source.host()
                        .find(metabase.service())
                        .filter(Service::running)
                        .isPresent();
        List<Seen> seen = new ArrayList<>();
        seen.add(
                open
                        ? Seen.info(
                                what + ", which is open: each backup stops Metabase while it is copied",
                                "Moved to PostgreSQL, Metabase goes on during a backup.")
                        : Seen.ok(what));
        SortedSet<String> trials = new TreeSet<>(database.trials());
        if (!trials.isEmpty()) {
            // on one server with the metadata they were told before
            trials.removeAll(source.metadata().trials());
        }
        if (!trials.isEmpty()) {
            seen.add(Trials.seen(trials));
        }
        place.warnings().forEach(warning -> seen.add(Seen.warning(warning, "Put the file on a named volume.")));
        return seen;
    }
}
