package dolmen.archive;

import dolmen.model.Label;
import dolmen.model.Member;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tar of everything that an index lists, composed while it is read from the archives that hold it: for each member its
 * header, made from the one it has there, and its content, compared with its sum. Folders below the prefix come before
 * their first file and belong to its owner, since an index lists files alone.
 */
public final class ComposedTar implements TarFile {
    private static final int FOLDER_MODE = 0755;

    private final String name;
    private final Path index;
    private final Function<Label, Path> archives;
    private final String prefix;

    /** The function tells where the archive of a backup lies; the prefix names the folder that everything lies in. */
    public ComposedTar(String name, Path index, Function<Label, Path> archives, String prefix) {
        this.name = name;
        this.index = index;
        this.archives = archives;
        this.prefix = prefix;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<Path> file() {
        return Optional.empty();
    }

    @Override
    public InputStream stream() {
        return new Parts(MemberIndex.open(index), new MemberContents(archives));
    }

    private final class Parts extends TarParts {
        private final MemberIndex.Reader members;
        private final MemberContents contents;
        private final PathIndex folders = new PathIndex();

        private Parts(MemberIndex.Reader members, MemberContents contents) {
            this.members = members;
            this.contents = contents;
        }

        @Override
        boolean addMember() {
            Optional<Member> next = members.next();
            next.ifPresent(this::add);
            return next.isPresent();
        }

        private void add(Member member) {
            MemberAttributes attributes = contents.attributes(member);
            addFolders(member.path(), attributes);
            addHeader(new TarMember(member.path(), TarMember.Kind.FILE, member.size(), attributes, "", 0));
            addContent(contents.open(member), member.size());
        }

        private void addFolders(String path, MemberAttributes file) {
            int first = MemberNames.below(prefix, path).isPresent() ? prefix.length() + 1 : 0;
            for (int slash = path.indexOf('/', first); slash > 0; slash = path.indexOf('/', slash + 1)) {
                String folder = path.substring(0, slash);
                if (folders.find(folder) == PathIndex.ABSENT) {
                    folders.add(folder);
                    MemberAttributes attributes =
                            new MemberAttributes(FOLDER_MODE, file.userId(), file.groupId(), file.modified());
                    addHeader(new TarMember(folder, TarMember.Kind.DIRECTORY, 0, attributes, "", 0));
                }
            }
        }

        @Override
        public void close() {
            members.close();
            contents.close();
        }
    }
}
