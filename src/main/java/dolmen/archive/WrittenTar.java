package dolmen.archive;

import dolmen.model.Artifact;
import java.util.List;

/**
 * What was packed: the tar, its files and the bytes of their content, the names of files that vanished before they were
 * read, of files that changed while they were read (their content in the tar is not to be trusted), and one sentence for
 * each thing that was left out because a tar or a restore cannot hold it.
 */
public record WrittenTar(
        Artifact tar, long files, long bytes, List<String> vanished, List<String> changed, List<String> leftOut) {
    public WrittenTar {
        vanished = List.copyOf(vanished);
        changed = List.copyOf(changed);
        leftOut = List.copyOf(leftOut);
    }
}
