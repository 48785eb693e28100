package dolmen.histories.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of the platform that leads through {@link KillableProvider}. */
final class KillablePath implements Path {
    final Path base;
    private final KillableSystem system;

    KillablePath(KillableSystem system, Path base) {
        this.system = system;
        this.base = base;
    }

    static Path base(Path path) {
        return path instanceof KillablePath known ? known.base : path;
    }

    private Path wrap(Path path) {
        return path == null ? null : new KillablePath(system, path);
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return base.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return wrap(base.getRoot());
    }

    @Override
    public Path getFileName() {
        return wrap(base.getFileName());
    }

    @Override
    public Path getParent() {
        return wrap(base.getParent());
    }

    @Override
    public int getNameCount() {
        return base.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(base.getName(index));
    }

    @Override
    public Path subpath(int begin, int end) {
        return wrap(base.subpath(begin, end));
    }

    @Override
    public boolean startsWith(Path other) {
        return base.startsWith(base(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return base.endsWith(base(other));
    }

    @Override
    public Path normalize() {
        return wrap(base.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrap(base.resolve(base(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(base.relativize(base(other)));
    }

    @Override
    public URI toUri() {
        return base.toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return wrap(base.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return wrap(base.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        return base.register(watcher, events, modifiers);
    }

    @Override
    public int compareTo(Path other) {
        return base.compareTo(base(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KillablePath path && base.equals(path.base);
    }

    @Override
    public int hashCode() {
        return base.hashCode();
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
