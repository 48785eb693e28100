package dolmen.doctor;

import dolmen.settings.CopySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether backups are copied elsewhere; of a mounted folder also whether it is there. */
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
        return List.of(Seen.ok("each backup is copied to " + copy.place()));
    }
}
