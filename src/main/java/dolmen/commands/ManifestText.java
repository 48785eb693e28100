package dolmen.commands;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dolmen.model.Artifact;
import dolmen.model.Backup;
import dolmen.model.BackupState;
import dolmen.model.DatasourceState;
import dolmen.model.Json;
import dolmen.model.Manifest;
import dolmen.model.Transport;
import java.util.Locale;
import java.util.Optional;

/** A manifest as a person reads it. */
final class ManifestText {
    private ManifestText() {}

    /** The manifest as JSON, with the state of the backup and the reasons behind it. */
    static ObjectNode json(Backup backup) {
        ObjectNode json = Json.MAPPER.valueToTree(backup.manifest());
        json.put("state", backup.state().trust().word());
        json.set("open", Json.MAPPER.valueToTree(backup.state().reasons()));
        return json;
    }

    static String of(Backup backup) {
        Manifest manifest = backup.manifest();
        BackupState state = backup.state();
        StringBuilder text = new StringBuilder();
        line(
                text,
                "backup %s, %s, %s",
                manifest.label(),
                manifest.kind().word(),
                state.trust().word());
        state.reasons().forEach(reason -> line(text, "%s: %s", state.trust().word(), reason));
        line(text, "taken  %s to %s", manifest.begin(), manifest.end());
        line(text, "of     %s", manifest.stack().words());
        line(
                text,
                "from   Druid %s, PostgreSQL %s",
                manifest.versions().druid().orElse("unknown"),
                manifest.versions().postgresServer());
        line(
                text,
                "proof  %d segments used, %d held, %d need no file; read by %s",
                manifest.consistency().used(),
                manifest.consistency().held(),
                manifest.consistency().fileless(),
                manifest.transport().map(Transport::word).orElse("nothing, nothing was new"));
        manifest.archives()
                .forEach((label, use) ->
                        line(text, "needs  %d files, %d bytes in the archive of %s", use.files(), use.bytes(), label));
        manifest.artifacts().forEach(artifact -> text.append(artifactLine(artifact)));
        line(text, "%-24s %9s %12s %12s  %s", "datasource", "segments", "bytes", "rows", "interval");
        manifest.datasources()
                .forEach((name, summary) -> line(
                        text,
                        "%-24s %9d %12d %12s  %s/%s",
                        name,
                        summary.segments(),
                        summary.bytes(),
                        rows(manifest, name),
                        summary.start(),
                        summary.end()));
        line(text, "%-24s %9s", "table", "rows");
        manifest.tables().forEach((name, rows) -> line(text, "%-24s %9d", name, rows));
        manifest.metabase().ifPresent(metabase -> line(text, "Metabase: %s %s", metabase.kind(), metabase.counts()));
        manifest.warnings().forEach(warning -> line(text, "warning: %s", warning));
        return text.toString();
    }

    private static String artifactLine(Artifact artifact) {
        return String.format(
                Locale.ROOT,
                "       %-24s %12d bytes  %s%n",
                artifact.name(),
                artifact.bytes(),
                artifact.sha256().sha256());
    }

    private static String rows(Manifest manifest, String datasource) {
        return manifest.druid()
                .map(druid -> druid.datasources().get(datasource))
                .flatMap(state -> Optional.ofNullable(state).flatMap(DatasourceState::rows))
                .map(String::valueOf)
                .orElse("unknown");
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
