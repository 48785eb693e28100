package dolmen.doctor;

import dolmen.catalog.CopyProbeTarget;
import dolmen.catalog.CopyProbeTarget.Found;
import dolmen.settings.CopySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether backups are copied elsewhere, and whether a copy would get there. */
final class CopyCheck implements Check {
    private final Source source;

    CopyCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        CopySettings copy = source.settings().copy();
        if (copy.to().isEmpty()) {
            return List.of(Seen.info("no copy elsewhere is set", "Set dolmen.copy.to, or a bucket."));
        }
        if (copy.scheme().equals("file")) {
            Path folder = Path.of(copy.place().replaceFirst("file:(//)?", ""));
            if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
                return List.of(Seen.error(
                        "copies go to " + folder + ", which is no folder that this user may write",
                        "Mount its disk, make the folder, or correct dolmen.copy.to."));
            }
        }
        return List.of(found(source.copies().orElseThrow().probe(), copy));
    }

    private static Seen found(Found found, CopySettings copy) {
        String copied = "each backup is copied to " + copy.place() + ", which ";
        return switch (found) {
            case WRITTEN -> Seen.ok(copied + "took a probe and let it be removed");
            case ENTERED -> Seen.ok(copied + "lets this user in; whether it may write there is not tried");
            case NO_FOLDER ->
                Seen.warning(
                        copied + "lets this user in, but not into the folder",
                        "The first copy makes a folder that is missing, where the user may. Make it, or correct dolmen.copy.to.");
            case SENT ->
                Seen.info(
                        copied + "took the file " + CopyProbeTarget.PROBE,
                        "It stays there, since this kind of endpoint removes nothing; remove it, or leave it to the next look.");
        };
    }
}
