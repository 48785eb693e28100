package dolmen.deepstorage.local;

import dolmen.archive.FileFailures;
import dolmen.archive.MemberNames;
import dolmen.archive.PartFile;
import dolmen.archive.TarInspector;
import dolmen.archive.TarMember;
import dolmen.archive.TarSummary;
import dolmen.archive.WrittenTar;
import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Packs by {@code tar} (GNU or busybox) in a throw-away container that has the staging folder at {@link Host#FOLDER}; then
 * reads the tar once to hash and index it. The file is made here first, so that it is ours and private from the first byte.
 */
final class SidecarArchiver {
    /** GNU tar's exit status when files changed or vanished. */
    private static final int CHANGED = 1;

    /** The most lines of tar's that become warnings. */
    private static final int LINES = 100;

    private final Host host;
    private final SegmentsSettings settings;
    private final Meter meter;

    SidecarArchiver(Host host, SegmentsSettings settings, Meter meter) {
        this.host = host;
        this.settings = settings;
        this.meter = meter;
    }

    /** Finds out whether the container sees this very folder: it must read what was just written into it. */
    static Optional<String> probe(Host host, SegmentsSettings settings, Path folder) {
        String token = UUID.randomUUID().toString();
        Path file = folder.resolve(LocalDeepStorage.OWN + "probe");
        try (PartFile probe = PartFile.create(file)) {
            probe.channel().write(ByteBuffer.wrap(token.getBytes(StandardCharsets.US_ASCII)));
            String name = Host.inFolder(probe.part());
            return TransportChoice.probe(
                    host,
                    settings.service(),
                    "[ \"$(cat " + name + ")\" = " + token
                            + " ] && for p in tar find stat sort uniq; do command -v $p > /dev/null || exit 1; done && [ -d "
                            + Shell.quote(settings.path()) + " ]",
                    folder);
        } catch (IOException refused) {
            throw FileFailures.writing(file, refused);
        }
    }

    WrittenTar write(Packing packing, Consumer<Member> index) {
        Path tar = packing.tar().file().orElseThrow();
        try (PartFile file = PartFile.create(tar);
                PartFile list = PartFile.create(tar.resolveSibling("packed"));
                FileStamps stamps = FileStamps.in(tar.getParent())) {
            String part = Host.inFolder(file.part());
            String script = packing.only()
                    .map(only -> scriptOfPaths(only, list, part, stamps))
                    .orElseGet(() -> scriptOfFolder(part, stamps));
            Outcome outcome = runBeside(script, file.part());
            List<String> changed = stamps.changed();
            changed.stream().filter(packing.needed()).findFirst().ifPresent(name -> {
                throw FileFailures.changed(name);
            });
            List<String> warnings = new ArrayList<>(warnings(tar, outcome));
            TarSummary summary = TarInspector.digest(file.part(), meter, (member, sum) -> {
                sum.ifPresent(found -> index.accept(indexed(member, found, packing.label())));
                warnings.addAll(hardToRestore(member));
            });
            file.publish();
            return new WrittenTar(
                    new Artifact(
                            tar.getFileName().toString(),
                            summary.tar().bytes(),
                            summary.tar().sha256()),
                    summary.files(),
                    summary.bytes(),
                    List.of(),
                    changed,
                    warnings);
        } catch (IOException refused) {
            throw FileFailures.writing(tar, refused);
        }
    }

    /** The container tells nothing, but the file grows; then as much is read as was written. */
    private Outcome runBeside(String script, Path part) {
        meter.follow(() -> part.toFile().length());
        try {
            return host.runBeside(settings.service(), script, Optional.of(part.getParent()));
        } finally {
            long written = part.toFile().length();
            meter.follow(() -> 0);
            meter.add(written);
            meter.expect(2 * written);
        }
    }

    private static Member indexed(TarMember member, Checksum sum, Label label) {
        String name = MemberNames.plain(member.name()).orElse(member.name());
        return new Member(name, member.size(), sum, label, member.offset());
    }

    private List<String> hardToRestore(TarMember member) {
        String prefix = LocalDeepStorage.paths(settings).memberPrefix();
        boolean refused = member.kind() == TarMember.Kind.SYMLINK
                ? !MemberNames.staysInside(
                        MemberNames.below(prefix, member.name()).orElse(member.name()), member.link())
                : member.kind() == TarMember.Kind.DEVICE || member.kind() == TarMember.Kind.FIFO;
        return refused
                ? List.of(member.name() + " is a link out of the folder, a device or a pipe: a restore refuses it;"
                        + " repeat the backup with dolmen.segments.transport=api, which leaves it out")
                : List.of();
    }

    /** What is not there is passed over; whether it matters is found out by comparing. */
    private String scriptOfPaths(List<String> only, PartFile list, String part, FileStamps stamps) {
        String prefix = LocalDeepStorage.paths(settings).memberPrefix();
        StringBuilder names = new StringBuilder();
        only.forEach(path -> names.append(prefix).append('/').append(path).append('\n'));
        try {
            list.channel().write(ByteBuffer.wrap(names.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException refused) {
            throw FileFailures.writing(list.part(), refused);
        }
        return String.join(
                "\n",
                "cd / || exit 2",
                "o=" + part,
                "how=",
                "if tar --version 2>/dev/null | grep -q GNU; then",
                "  how='--hard-dereference --verbatim-files-from --no-unquote'",
                "fi",
                "while IFS= read -r p; do if [ -e \"$p\" ]; then printf '%s\\n' \"$p\"; fi; done < "
                        + Host.inFolder(list.part()) + " > /tmp/there || exit 2",
                stamps.around(
                        "tar $how -cf \"$o\" -T /tmp/there",
                        "while IFS= read -r p; do find \"$p\" " + FileStamps.STAMP + "; done < /tmp/there"));
    }

    /** A folder that is a link is packed through its entries: tar would keep the link alone. */
    private String scriptOfFolder(String part, FileStamps stamps) {
        String prefix = LocalDeepStorage.paths(settings).memberPrefix();
        return String.join(
                "\n",
                "cd / || exit 2",
                "p=" + Shell.quote(prefix),
                "o=" + part,
                "links=",
                "if tar --version 2>/dev/null | grep -q GNU; then links=--hard-dereference; fi",
                "if [ -L \"$p\" ]; then",
                "  set --",
                "  for e in \"$p\"/* \"$p\"/.[!.]* \"$p\"/..?*; do",
                "    case \"${e##*/}\" in .dolmen-*) continue ;; esac",
                "    if [ -e \"$e\" ] || [ -L \"$e\" ]; then set -- \"$@\" \"$e\"; fi",
                "  done",
                "else",
                "  set -- \"--exclude=$p/.dolmen-*\" \"$p\"",
                "fi",
                stamps.around("tar $links -cf \"$o\" \"$@\"", "find -H \"$p\" " + FileStamps.STAMP));
    }

    /** GNU tar ends with 1 when files changed or vanished, busybox for about everything: the reading pass decides. */
    private static List<String> warnings(Path tar, Outcome outcome) {
        if (outcome.stderr().contains("No space left")) {
            throw FileFailures.writing(tar, new IOException("No space left on device"));
        }
        if (outcome.exitStatus() > CHANGED || outcome.exitStatus() < 0) {
            throw new StepFailure.Failed(
                    "tar beside the service ended with status " + outcome.exitStatus() + TransportChoice.said(outcome),
                    "Repeat the run; when it fails again, set dolmen.segments.transport to api.");
        }
        return outcome.succeeded()
                ? List.of()
                : outcome.stderr()
                        .lines()
                        .filter(line -> !line.isBlank())
                        .limit(LINES)
                        .toList();
    }
}
