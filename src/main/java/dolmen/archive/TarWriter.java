package dolmen.archive;

import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.StepFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Packs a live folder into a tar, sorted by name, with numeric owners, modes and times, and hands out a
 * {@link Member} for each file as it is written. A file that vanishes is left out and named. One that changes while it
 * is read ends the packing with {@code Unavailable} when the source needs it; others are cut or filled up to the announced
 * size and named, so that the tar stays whole. Links that lead out of the folder,
 * sockets, pipes and devices are left out with a reason. An unreadable file is a failure that names it.
 */
public final class TarWriter {
    private static final String UNMAPPABLE = "\uFFFD";

    /** The attributes of which at least one differs when a file was replaced or written to. */
    private static final String STATE = "unix:dev,ino,size,lastModifiedTime";

    private final TarSource source;
    private final TarOutput out;
    private final Label label;
    private final Consumer<Member> index;
    private final Set<Path> announced = new HashSet<>();
    private final List<String> vanished = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private long files;
    private long bytes;

    private TarWriter(TarSource source, TarOutput out, Label label, Consumer<Member> index) {
        this.source = source;
        this.out = out;
        this.label = label;
        this.index = index;
    }

    /** Packs the folder; the tar has its name only when it is whole and synced, and nothing stays after a failure. */
    public static WrittenTar write(TarSource source, Path target, Label label, Consumer<Member> index) {
        return write(source, Optional.empty(), TarTarget.of(target), label, index);
    }

    /** Packs only these paths relative to the folder, which are sorted, with the folders that they lie in. */
    public static WrittenTar write(
            TarSource source, Optional<List<String>> only, TarTarget target, Label label, Consumer<Member> index) {
        try (TarOutput out = TarOutput.create(target)) {
            TarWriter writer = new TarWriter(source, out, label, index);
            if (only.isPresent()) {
                only.get().forEach(writer::single);
            } else {
                writer.folder(source.folder(), attributes(source.folder()));
            }
            return new WrittenTar(
                    out.finish(), writer.files, writer.bytes, writer.vanished, writer.changed, writer.leftOut);
        } catch (IOException unreadable) {
            throw FileFailures.reading(source.folder(), unreadable);
        }
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
    }

    private void folder(Path folder, Map<String, Object> attributes) {
        out.begin(member(folder, TarMember.Kind.DIRECTORY, 0, attributes, ""));
        for (Path path : sorted(folder)) {
            if (!source.leftOut().test(source.folder().relativize(path))) {
                entry(path);
            }
        }
    }

    /** A path that leads through a link counts as vanished: in a whole folder, too, nothing behind a link is packed. */
    private void single(String relative) {
        Path path = source.folder().resolve(relative);
        if (foldersOf(path.getParent())) {
            entry(path);
        } else {
            vanished.add(source.name(path));
        }
    }

    /** Announces the folders down to this one, each once; false when one of them is none. */
    private boolean foldersOf(Path folder) {
        if (announced.contains(folder)) {
            return true;
        }
        if (!folder.equals(source.folder()) && !foldersOf(folder.getParent())
                || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            out.begin(member(folder, TarMember.Kind.DIRECTORY, 0, attributes(folder), ""));
            return announced.add(folder);
        } catch (IOException gone) {
            return false;
        }
    }

    private List<Path> sorted(Path folder) {
        List<Path> paths = new ArrayList<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(folder)) {
            names.forEach(paths::add);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            vanished.add(source.name(folder));
        } catch (DirectoryIteratorException unreadable) {
            throw FileFailures.reading(folder, unreadable.getCause());
        } catch (IOException unreadable) {
            throw FileFailures.reading(folder, unreadable);
        }
        paths.sort(Comparator.comparing(Path::toString));
        return paths;
    }

    private void entry(Path path) {
        try {
            Map<String, Object> attributes = attributes(path);
            requireReadableName(path);
            if ((Boolean) attributes.get("isDirectory")) {
                folder(path, attributes);
            } else if ((Boolean) attributes.get("isRegularFile")) {
                file(path, attributes);
            } else if ((Boolean) attributes.get("isSymbolicLink")) {
                link(path, attributes);
            } else {
                leftOut.add(source.name(path) + " is a socket, a pipe or a device: left out");
            }
        } catch (NoSuchFileException gone) {
            vanished.add(source.name(path));
        } catch (IOException unreadable) {
            throw FileFailures.reading(path, unreadable);
        }
    }

    private static void requireReadableName(Path path) {
        if (path.toString().contains(UNMAPPABLE)) {
            throw new StepFailure.Failed(
                    "the name of " + path + " is not UTF-8, or this process does not run in a UTF-8 locale",
                    "Set LC_ALL=C.UTF-8 for Dolmen; if the name is still reported, rename the file.");
        }
    }

    private void link(Path path, Map<String, Object> attributes) throws IOException {
        String target = Files.readSymbolicLink(path).toString();
        if (!MemberNames.staysInside(source.folder().relativize(path).toString(), target)) {
            leftOut.add(source.name(path) + " is a link that leads out of the folder (" + target
                    + "): left out, and so is what lies behind it");
            return;
        }
        out.begin(member(path, TarMember.Kind.SYMLINK, 0, attributes, target));
    }

    private void file(Path path, Map<String, Object> attributes) throws IOException {
        try (FileChannel content = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long size = content.size();
            TarMember member = member(path, TarMember.Kind.FILE, size, attributes, "");
            long offset = out.begin(member);
            MessageDigest digest = Checksum.digest();
            long read = out.transfer(content, path, digest);
            if (read < size || content.size() != size || isChanged(path, attributes)) {
                requireUnneeded(member.name());
                changed.add(member.name());
            }
            out.fill(digest);
            files++;
            bytes += size;
            index.accept(new Member(member.name(), size, Checksum.of(digest), label, offset));
        }
    }

    private void requireUnneeded(String name) {
        if (source.needed().test(name)) {
            throw FileFailures.changed(name);
        }
    }

    /** Whether another file, or another content, has this name now. One that is gone was read to its end. */
    private static boolean isChanged(Path path, Map<String, Object> before) throws IOException {
        try {
            return !before.entrySet()
                    .containsAll(Files.readAttributes(path, STATE, LinkOption.NOFOLLOW_LINKS)
                            .entrySet());
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private TarMember member(Path path, TarMember.Kind kind, long size, Map<String, Object> attributes, String link) {
        return new TarMember(source.name(path), kind, size, MemberAttributes.of(attributes), link, 0);
    }
}
