package dolmen.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which verified restores still have what they replaced: one empty file each, named by the run's mark. */
public final class SafetyCopies {
    private final Path folder;
    private final int kept;

    /** {@code kept} is how many restores, the newest first, keep what they replaced. */
    public SafetyCopies(Path state, int kept) {
        this.folder = state.resolve("safety-copies");
        this.kept = kept;
    }

    /** Remembers one; repeatable. */
    public void add(String mark) {
        SafeFiles.removeUnfinished(SafeFiles.folder(folder), "");
        if (!Files.exists(folder.resolve(mark))) {
            SafeFiles.write(folder.resolve(mark), new byte[0]);
        }
    }

    /** The marks, oldest first. */
    public List<String> list() {
        return SafeFiles.list(folder).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> !name.endsWith(".part"))
                .toList();
    }

    /** The newest mark: the only one that can be put back, since older ones belong to what newer ones replaced. */
    public Optional<String> newest() {
        List<String> marks = list();
        return marks.isEmpty() ? Optional.empty() : Optional.of(marks.get(marks.size() - 1));
    }

    /** Those that may be dropped, oldest first. */
    public List<String> beyondPolicy() {
        List<String> marks = list();
        return marks.subList(0, Math.max(0, marks.size() - kept));
    }

    /** Forgets one that was dropped. */
    public void remove(String mark) {
        SafeFiles.remove(folder.resolve(mark));
    }
}
