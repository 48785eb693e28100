package dolmen.archive;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Unpacks a tar into an empty folder, after {@link TarScan} has allowed all of it, and syncs what it wrote. Keeps modes,
 * times and, as root, numeric owners; without root they are those of this process, with one warning. After a failure
 * the folder holds a part: delete it.
 */
public final class TarExtractor {
    private static final String OWN_FOLDER = "rwx------";

    private final TarFile tar;
    private final Path target;
    private final Unpacking rules;
    private final Deque<Folder> open = new ArrayDeque<>();
    private final Flusher flusher = new Flusher();
    private boolean root;
    private boolean foreignOwners;

    /** A folder that may still get members: its attributes are set when they are complete. */
    private record Folder(Path path, MemberAttributes attributes) {}

    private TarExtractor(TarFile tar, Path target, Unpacking rules) {
        this.tar = tar;
        this.target = target;
        this.rules = rules;
    }

    /** Unpacks the tar into the folder, which must be empty or absent; its parent must exist. */
    public static Unpacked extract(TarFile tar, Path target, Unpacking rules) {
        Unpacked plan = TarScan.check(tar, rules);
        TarExtractor extractor = new TarExtractor(tar, target, rules);
        try {
            extractor.prepare();
            extractor.unpack();
            extractor.flusher.finish();
            Trees.sync(target);
        } catch (IOException refused) {
            throw FileFailures.writing(target, refused);
        } finally {
            extractor.flusher.close();
        }
        return new Unpacked(plan.files(), plan.bytes(), plan.hasRoot(), extractor.warnings());
    }

    private List<String> warnings() {
        return foreignOwners
                ? List.of("owners could not be kept, because Dolmen does not run as root: files in " + target
                        + " belong to the user that runs it")
                : List.of();
    }

    private void prepare() throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            makeFolder(target);
        }
        try (Stream<Path> present = Files.list(target)) {
            if (present.findAny().isPresent()) {
                throw new StepFailure.Refused(
                        target + " is not empty", "Nothing is unpacked over other files: empty it, or choose another.");
            }
        }
        root = canChangeOwners();
    }

    private boolean canChangeOwners() throws IOException {
        Path probe = Files.createTempFile(target, "owner", "");
        try {
            return MemberAttributes.of(probe).userId() == 0;
        } finally {
            Files.delete(probe);
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWN_FOLDER)));
    }

    private void unpack() throws IOException {
        try (TarReader reader = tar.open()) {
            for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                Optional<String> name = TarScan.target(tar.name(), next.get(), rules.prefix());
                if (name.isPresent()) {
                    unpack(next.get(), target.resolve(name.get()), reader.content());
                }
            }
        }
        closeAllFolders();
    }

    private void unpack(TarMember member, Path path, InputStream content) throws IOException {
        closeFoldersUpTo(path);
        if (!path.equals(target)) {
            makeParents(path.getParent());
        }
        switch (member.kind()) {
            case DIRECTORY -> {
                makeParents(path);
                open.push(new Folder(path, member.attributes()));
            }
            case SYMLINK -> {
                Files.createSymbolicLink(path, Path.of(member.link()));
                applyTo(path, member.attributes());
            }
            case HARDLINK -> Files.createLink(path, linked(member));
            default -> file(path, member.attributes(), content);
        }
    }

    private Path linked(TarMember member) {
        return target.resolve(TarScan.target(tar.name(), member.named(member.link()), rules.prefix())
                .orElseThrow());
    }

    private void file(Path path, MemberAttributes attributes, InputStream content) throws IOException {
        try (FileChannel file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            content.transferTo(Channels.newOutputStream(file));
        }
        applyTo(path, attributes);
        flusher.later(path);
    }

    private void makeParents(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            makeParents(folder.getParent());
            Files.createDirectory(folder);
        }
    }

    /** In a sorted tar a folder is complete when a member comes that does not lie in it. */
    private void closeFoldersUpTo(Path path) throws IOException {
        while (!open.isEmpty() && !path.startsWith(open.peek().path())) {
            closeFolder();
        }
    }

    private void closeAllFolders() throws IOException {
        while (!open.isEmpty()) {
            closeFolder();
        }
    }

    private void closeFolder() throws IOException {
        Folder folder = open.pop();
        applyTo(folder.path(), folder.attributes());
    }

    private void applyTo(Path path, MemberAttributes attributes) throws IOException {
        MemberAttributes own = MemberAttributes.of(path);
        foreignOwners |= !root && own.userId() != attributes.userId();
        new MemberAttributes(
                        attributes.mode(),
                        root ? attributes.userId() : own.userId(),
                        root ? attributes.groupId() : own.groupId(),
                        attributes.modified())
                .applyOwnerAndMode(path);
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.from(attributes.modified()), null, null);
    }
}
