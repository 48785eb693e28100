package dolmen.segments;

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
import java.nio.file.Path;
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
    private long files;
    private long bytes;

    ApiArchiver(Host host, SegmentsSettings settings) {
        this.host = host;
        this.settings = settings;
    }

    WrittenTar write(Path tar, Label label, Consumer<Member> index) {
        try (ApiFolder folder = ApiFolder.open(host, settings);
                TarOutput out = TarOutput.create(tar)) {
            for (Optional<TarMember> next = folder.next(); next.isPresent(); next = folder.next()) {
                if (isKept(next.get())) {
                    copy(next.get(), folder.reader(), out, label, index);
                }
            }
            return new WrittenTar(out.finish(), files, bytes, List.of(), List.of(), leftOut);
        } catch (StepFailure.Damaged cut) {
            throw new StepFailure.Unavailable(
                    "the archive of " + settings.path() + " that the engine sent is not whole: " + cut.getMessage(),
                    "Repeat the run; check the connection to the Docker engine.",
                    cut);
        }
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
        String prefix = LoadPaths.memberPrefix(settings.path());
        return relative.isEmpty() ? prefix : prefix + "/" + relative;
    }

    private void copy(TarMember member, TarReader reader, TarOutput out, Label label, Consumer<Member> index) {
        TarMember renamed = new TarMember(
                named(member.name()),
                member.kind(),
                member.isFile() ? member.size() : 0,
                member.attributes(),
                member.kind() == TarMember.Kind.HARDLINK ? named(member.link()) : member.link(),
                0);
        long offset = out.begin(renamed);
        if (member.isFile()) {
            Checksum sum = copyContent(reader, out);
            index.accept(new Member(renamed.name(), member.size(), sum, label, offset));
            files++;
            bytes += member.size();
        }
    }

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
