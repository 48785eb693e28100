package dolmen.histories.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;

/** The names in a folder, as paths that lead through {@link KillableProvider}. */
final class KillableNames implements DirectoryStream<Path> {
    private final KillableSystem system;
    private final DirectoryStream<Path> base;

    KillableNames(KillableSystem system, DirectoryStream<Path> base) {
        this.system = system;
        this.base = base;
    }

    @Override
    public Iterator<Path> iterator() {
        Iterator<Path> paths = base.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return paths.hasNext();
            }

            @Override
            public Path next() {
                return new KillablePath(system, paths.next());
            }
        };
    }

    @Override
    public void close() throws IOException {
        base.close();
    }
}
