package dolmen.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether this user may write where Dolmen keeps what is its own; a folder that is missing is made by the first run. */
final class FoldersCheck implements Check {
    private final Source source;

    FoldersCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        Map<String, Path> folders = new LinkedHashMap<>();
        folders.put("dolmen.catalog.path", source.settings().paths().catalog());
        folders.put("dolmen.state.path", source.settings().paths().state());
        folders.put("dolmen.inbox.path", source.settings().paths().inbox());
        folders.put("dolmen.dead-letter.path", source.settings().paths().deadLetters());
        List<Seen> seen = new ArrayList<>();
        folders.forEach(
                (key, folder) -> seen.add(look(key, folder.toAbsolutePath().normalize())));
        return seen;
    }

    private static Seen look(String key, Path folder) {
        Path there = folder;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        try {
            Files.delete(Files.createTempFile(there, ".dolmen-probe-", ""));
            return Seen.ok(folder + (there.equals(folder) ? " can be written (" : " can be made (") + key + ")");
        } catch (IOException refused) {
            return Seen.error(
                    there + " cannot be written by user " + System.getProperty("user.name") + ": "
                            + refused.getClass().getSimpleName(),
                    "Set " + key + " to a folder that this user may write, or give it the right to.");
        }
    }
}
