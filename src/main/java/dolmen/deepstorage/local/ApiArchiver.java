package dolmen.deepstorage.local;

import dolmen.archive.MemberNames;
import dolmen.archive.TarMember;
import dolmen.archive.TarOutput;
import dolmen.archive.TarReader;
import dolmen.archive.WrittenTar;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Packs through the archive calls of the Docker API, whose members are named by the path's last part: they get the names
 * of the script's tar while they stream by, hashed and indexed in the same pass. A stream that ends too early may be
 * tried again.
 */
final class ApiArchiver {
    private final Host host;
    private final SegmentsSettings settings;
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> vanished = new ArrayList<>();
    private long files;
    private long bytes;

    ApiArchiver(Host host, SegmentsSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    WrittenTar write(Packing packing, Consumer<Member> index) {
        try (TarOutput out = TarOutput.create(packing.tar())) {
            Target target = new Target(out, packing.label(), index);
            packing.only().ifPresentOrElse(only -> only.forEach(path -> single(path, target)), () -> copy("", target));
            return new WrittenTar(out.finish(), files, bytes, vanished, List.of(), leftOut);
        } catch (StepFailure.Damaged cut) {
            throw new StepFailure.Unavailable(
                    "the archive of " + settings.path() + " that the engine sent is not whole: " + cut.getMessage(),
                    "Repeat the run; check the connection to the Docker engine.",
                    cut);
        }
    }

    private void single(String path, Target target) {
        try {
            copy(path, target);
        } catch (StepFailure.Failed failure) {
            if (!(failure.getCause() instanceof NoSuchFileException)) {
                throw failure;
            }
            vanished.add(named(path));
        }
    }

    /** Everything below this path of the shared folder. */
    private void copy(String path, Target target) {
        try (ApiFolder folder = ApiFolder.open(host, settings, path)) {
            for (Optional<TarMember> next = folder.next(); next.isPresent(); next = folder.next()) {
                TarMember member = next.get().named(below(path, next.get().name()));
                if (isKept(member)) {
                    copy(path, member, folder.reader(), target);
                }
            }
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() || name.isEmpty() ? path + name : path + "/" + name;
    }

    private boolean isKept(TarMember member) {
        boolean plain = member.isFile() || member.isDirectory() || member.kind() == TarMember.Kind.HARDLINK;
        boolean link = member.kind() == TarMember.Kind.SYMLINK && MemberNames.staysInside(member.name(), member.link());
        if (!plain && !link) {
            leftOut.add(named(member.name()) + " is a link out of the folder, a socket, a pipe or a device: left out");
        }
        return plain || link;
    }

    private String named(String relative) {
        String prefix = LocalDeepStorage.paths(settings).memberPrefix();
        return relative.isEmpty() ? prefix : prefix + "/" + relative;
    }

    private void copy(String path, TarMember member, TarReader reader, Target target) {
        TarMember renamed = new TarMember(
                named(member.name()),
                member.kind(),
                member.isFile() ? member.size() : 0,
                member.attributes(),
                member.kind() == TarMember.Kind.HARDLINK ? named(below(path, member.link())) : member.link(),
                0);
        long offset = target.out().begin(renamed);
        if (member.isFile()) {
            Checksum sum = copyContent(reader, target.out());
            target.index().accept(new Member(renamed.name(), member.size(), sum, target.label(), offset));
            files++;
            bytes += member.size();
        }
    }

    /** Where members go to. */
    private record Target(TarOutput out, Label label, Consumer<Member> index) {}

    private static Checksum copyContent(TarReader reader, TarOutput out) {
        MessageDigest digest = Checksum.digest();
        try {
            reader.content().transferTo(new DigestOutputStream(out.content(), digest));
        } catch (IOException impossible) {
            throw new UncheckedIOException("both ends throw failures of their own", impossible);
        }
        return Checksum.of(digest);
    }
}
