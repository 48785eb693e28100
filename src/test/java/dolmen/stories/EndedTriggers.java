package dolmen.stories;

import dolmen.archive.SafeFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The triggers that have ended, with their reports, in an inbox that is at work. */
public final class EndedTriggers {
    private EndedTriggers() {}

    /** The files in {@code done} and {@code failed} whose names end like this. */
    public static List<Path> ending(Path inbox, String ending) {
        return Stream.of("done", "failed")
                .flatMap(folder -> SafeFiles.list(inbox.resolve(folder)).stream())
                .filter(file -> file.getFileName().toString().endsWith(ending))
                .toList();
    }
}
