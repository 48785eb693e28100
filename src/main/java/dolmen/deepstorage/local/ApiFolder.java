package dolmen.deepstorage.local;

import dolmen.archive.MemberNames;
import dolmen.archive.TarMember;
import dolmen.archive.TarReader;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The members of a folder of a container as the Docker API sends them, by names relative to the folder, without Dolmen's
 * own files unless all are asked for. A folder that is a link is followed, since the API sends the link alone.
 */
final class ApiFolder implements Closeable {
    /** The most links that are followed one after the other. */
    private static final int LINKS = 5;

    private static final int NONE = -1;

    private final TarReader reader;
    private final String top;
    private final boolean withOwnFiles;
    private Optional<TarMember> first;

    private ApiFolder(TarReader reader, String top, Optional<TarMember> first, boolean withOwnFiles) {
        this.withOwnFiles = withOwnFiles;
        this.reader = reader;
        this.top = top;
        this.first = first;
    }

    /** Everything in the shared folder, Dolmen's own files too. */
    static ApiFolder openWhole(Host host, SegmentsSettings settings) {
        return open(host, settings.service(), Path.of(settings.path()).normalize(), LINKS, true);
    }

    /** A file or a folder below the shared folder, which is not followed when it is a link, or all of it. */
    static ApiFolder open(Host host, SegmentsSettings settings, String relative) {
        Path path = Path.of(settings.path()).normalize().resolve(relative);
        return open(host, settings.service(), path, relative.isEmpty() ? LINKS : NONE, false);
    }

    private static ApiFolder open(Host host, String service, Path path, int links, boolean withOwnFiles) {
        TarReader reader = TarReader.ofUnhashed("the archive of " + path, host.readArchive(service, path.toString()));
        Optional<TarMember> first = first(reader);
        if (links >= 0 && first.isPresent() && first.get().kind() == TarMember.Kind.SYMLINK) {
            reader.close();
            if (links == 0) {
                throw new StepFailure.Failed(
                        path + " of " + service + " is a link to a link, and so on", "Correct dolmen.segments.path.");
            }
            Path target = path.getParent().resolve(first.get().link()).normalize();
            return open(host, service, target, links - 1, withOwnFiles);
        }
        return new ApiFolder(reader, path.getFileName().toString(), first, withOwnFiles);
    }

    /** Nobody closes a reader whose first member cannot be read, unless that is done here. */
    private static Optional<TarMember> first(TarReader reader) {
        try {
            return reader.next();
        } catch (RuntimeException unreadable) {
            try (reader) {
                throw unreadable;
            }
        }
    }

    /** The next member; its name is empty for the folder itself, and the target of a hard link is relative too. */
    Optional<TarMember> next() {
        Optional<TarMember> next = first.isPresent() ? first : reader.next();
        first = Optional.empty();
        while (next.isPresent() && !withOwnFiles && isOwn(relative(next.get().name()))) {
            next = reader.next();
        }
        return next.map(this::relative);
    }

    private static boolean isOwn(String name) {
        return name.startsWith(LocalDeepStorage.OWN);
    }

    private TarMember relative(TarMember member) {
        String link = member.kind() == TarMember.Kind.HARDLINK ? relative(member.link()) : member.link();
        return new TarMember(
                relative(member.name()), member.kind(), member.size(), member.attributes(), link, member.offset());
    }

    private String relative(String name) {
        return MemberNames.plain(name)
                .flatMap(plain -> MemberNames.below(top, plain))
                .orElseThrow(() -> new StepFailure.Damaged(
                        "the engine sent " + name + ", which does not lie in " + top, "Repeat the run."));
    }

    /** The reader, for the content of the present member. */
    TarReader reader() {
        return reader;
    }

    @Override
    public void close() {
        reader.close();
    }
}
