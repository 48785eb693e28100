package dolmen.restore;

import dolmen.metadata.DruidMetadata;
import dolmen.metadata.DumpFit;
import dolmen.metadata.MetadataServer;
import dolmen.model.Artifact;
import dolmen.model.DumpSummary;
import dolmen.model.MetadataContents;
import dolmen.model.Meter;
import dolmen.model.RestoreRun;
import dolmen.model.Size;
import dolmen.settings.RestoreSettings;
import java.io.File;
import java.util.OptionalLong;

/** The part of a plan about Druid's metadata: rows, tables, room, roles, versions, and the tasks of the time of the backup. */
public final class MetadataPlan implements PlanPart {
    private final DruidMetadata metadata;
    private final RestoreSettings settings;

    public MetadataPlan(DruidMetadata metadata, RestoreSettings settings) {
        this.metadata = metadata;
        this.settings = settings;
    }

    @Override
    public void add(RestoreRun restore, Target target, PlanDraft draft, Meter meter) {
        draft.group("metadata");
        tables(restore.dump(), target, draft);
        server(restore.dump(), target.server(), draft);
        room(restore.source().file(Artifact.METADATA_DUMP).toFile(), draft);
        past(target.backup(), draft);
    }

    private void tables(DumpSummary dump, Target target, PlanDraft draft) {
        String live = metadata.live().name();
        draft.fact("the backup has " + rows(dump.totalRows()) + " in "
                + dump.rows().size() + " tables");
        if (!target.exists()) {
            draft.fact("there is no database " + live + " yet");
            return;
        }
        long rows = target.rows().values().stream()
                .mapToLong(count -> count.orElse(0))
                .sum();
        draft.fact("they replace database " + live + ": " + rows(rows) + " in "
                + target.rows().size() + " tables, "
                + Size.words(target.server().databaseBytes()));
        target.rows().forEach((table, count) -> {
            if (!dump.rows().containsKey(table) && !target.lostForeign().contains("table " + table)) {
                dropped(table, count, draft);
            }
        });
        new DruidLosses(target.live(), target.backup()).settings().forEach(loss -> {
            draft.fact(loss.words() + " goes: the backup does not have it");
            draft.lose(loss.words());
        });
        target.live().notes().forEach(draft::warning);
    }

    private static void dropped(String table, OptionalLong count, PlanDraft draft) {
        String named = "table " + table + " with "
                + (count.isPresent() ? rows(count.getAsLong()) : "rows that this user may not read");
        draft.fact(named + " is dropped: the backup does not have it");
        if (count.orElse(1) > 0) {
            draft.lose(named);
        }
    }

    static String rows(long count) {
        return count + (count == 1 ? " row" : " rows");
    }

    private void server(DumpSummary dump, MetadataServer server, PlanDraft draft) {
        draft.fact(metadata.product() + " " + dump.serverVersion() + " in the backup, " + server.version() + " here");
        DumpFit fit = metadata.fit(dump);
        fit.objections().forEach(draft::refuse);
        fit.facts().forEach(draft::fact);
    }

    private void room(File dump, PlanDraft draft) {
        OptionalLong free = metadata.freeBytes();
        String volume = metadata.product() + "'s volume";
        if (free.isEmpty()) {
            draft.fact("free space on " + volume + ": unknown; the dump has " + Size.words(dump.length()));
            return;
        }
        draft.fact("the dump has " + Size.words(dump.length()) + ", " + volume + " has " + Size.words(free.getAsLong())
                + " free");
        if (free.getAsLong() < dump.length() + RestorePlanner.SPARE) {
            draft.refuse(volume + " has " + Size.words(free.getAsLong()) + " free, the dump has "
                    + Size.words(dump.length()));
        }
    }

    private void past(MetadataContents backup, PlanDraft draft) {
        backup.notes().forEach(draft::warning);
        draft.fact(backup.past().words()
                + (settings.clearPast()
                        ? " of the time of the backup are cleared"
                        : " of the time of the backup come back (dolmen.restore.clear-past=false)"));
    }
}
