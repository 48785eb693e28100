package dolmen.histories.files;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;

/**
 * The default provider of a JVM that plays histories ({@code -Djava.nio.file.spi.DefaultFileSystemProvider}): the
 * platform's own, but each change asks {@link Fuse} first.
 */
public final class KillableProvider extends FileSystemProvider {
    private final FileSystemProvider base;
    private final KillableSystem system;

    /** The JVM calls this. */
    public KillableProvider(FileSystemProvider base) {
        this.base = base;
        this.system = new KillableSystem(this, base.getFileSystem(URI.create("file:///")));
    }

    private static Path base(Path path) {
        return KillablePath.base(path);
    }

    private static Path changed(String operation, Path path) {
        Fuse.change(operation, path.toString());
        return base(path);
    }

    private static Path opened(Path path, Set<? extends OpenOption> options) {
        if (options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND)) {
            return changed("open", path);
        }
        Fuse.read("read", path.toString());
        return base(path);
    }

    @Override
    public String getScheme() {
        return base.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) throws IOException {
        return base.newFileSystem(uri, environment);
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return system;
    }

    @Override
    public Path getPath(URI uri) {
        return new KillablePath(system, base.getPath(uri));
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return new KillableChannel(base.newFileChannel(opened(path, options), options, attributes), path.toString());
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        Fuse.read("read", path.toString());
        return base.newInputStream(base(path), options);
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        return new FilterOutputStream(base.newOutputStream(changed("open", path), options)) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                Fuse.write();
                out.write(bytes, offset, length);
            }

            @Override
            public void write(int one) throws IOException {
                Fuse.write();
                out.write(one);
            }
        };
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> names =
                base.newDirectoryStream(base(folder), path -> filter.accept(new KillablePath(system, path)));
        return new KillableNames(system, names);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        base.createDirectory(changed("mkdir", folder), attributes);
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        base.createSymbolicLink(changed("link", link), base(target), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        base.createLink(changed("link", link), base(existing));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return new KillablePath(system, base.readSymbolicLink(base(link)));
    }

    @Override
    public void delete(Path path) throws IOException {
        base.delete(changed("delete", path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        base.copy(base(source), changed("copy", target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        base.move(changed("move", source), base(target), options);
    }

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        return base.isSameFile(base(one), base(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return base.isHidden(base(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return base.getFileStore(base(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        base.checkAccess(base(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return base.getFileAttributeView(base(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return base.readAttributes(base(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return base.readAttributes(base(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        base.setAttribute(changed("set", path), attribute, value, options);
    }
}
