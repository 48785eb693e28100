package dolmen.deepstorage.local;

import dolmen.archive.FileFailures;
import dolmen.archive.MemberAttributes;
import dolmen.archive.MemberNames;
import dolmen.archive.PartFile;
import dolmen.archive.RenamedTar;
import dolmen.archive.TarExtractor;
import dolmen.archive.TarFile;
import dolmen.archive.TarScan;
import dolmen.archive.Trees;
import dolmen.archive.Unpacked;
import dolmen.archive.Unpacking;
import dolmen.deepstorage.Staged;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Unpacks one archive beside the old content, into a folder that has its final name only when it is whole and synced. */
final class Stager {
    private final Host host;
    private final SegmentsSettings settings;
    private final TarFile tar;
    private final RunMark run;
    private final Swap.Names names;
    private final Meter meter;

    /** The meter is for what this process does not read by itself, which is counted when it is done. */
    Stager(Host host, SegmentsSettings settings, TarFile tar, RunMark run, Meter meter) {
        this.host = host;
        this.settings = settings;
        this.tar = tar;
        this.run = run;
        this.names = Swap.Names.of(run);
        this.meter = meter;
    }

    /** The fastest transport that works for an archive, which is one file or is composed. */
    static Transport transport(Host host, SegmentsSettings settings, Optional<Path> archive) {
        return new TransportChoice()
                .with(
                        Transport.MOUNT,
                        () -> WritableFolder.find(host, settings).isPresent()
                                ? Optional.empty()
                                : Optional.of("this process cannot write the volume"))
                .with(Transport.SIDECAR, () -> probeSidecar(host, settings, archive))
                .with(Transport.API, Optional::empty)
                .choose(settings);
    }

    Transport transport() {
        return transport(host, settings, tar.file());
    }

    /** Only GNU tar reads the long names of pax archives; busybox cuts them. */
    private static Optional<String> probeSidecar(Host host, SegmentsSettings settings, Optional<Path> archive) {
        if (archive.isEmpty()) {
            return Optional.of("the segments lie in the archives of several backups");
        }
        Path file = archive.get().toAbsolutePath();
        return TransportChoice.probe(
                host,
                settings.service(),
                "[ \"$(wc -c < " + Host.inFolder(file) + ")\" -eq " + size(file) + " ] && tar --version | grep -q GNU",
                file.getParent());
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException unreadable) {
            throw FileFailures.reading(file, unreadable);
        }
    }

    Staged stage(String prefix, long freeBytes) {
        Unpacking rules = new Unpacking(prefix, freeBytes);
        Transport transport = transport();
        Unpacked unpacked = switch (transport) {
            case MOUNT -> unpackHere(WritableFolder.find(host, settings).orElseThrow(), rules);
            case SIDECAR -> unpackBeside(prefix, TarScan.check(tar, rules));
            case API -> unpackThroughApi(prefix, TarScan.check(tar, rules));
        };
        return new Staged(transport.word(), prefix, unpacked.files(), unpacked.bytes(), unpacked.warnings());
    }

    private Unpacked unpackHere(Path shared, Unpacking rules) {
        Path part = shared.resolve(names.part());
        try {
            Trees.delete(part);
            Unpacked unpacked = TarExtractor.extract(tar, part, rules);
            if (!unpacked.hasRoot()) {
                MemberAttributes.of(shared).applyOwnerAndMode(part);
            }
            Files.move(part, shared.resolve(names.incoming()), StandardCopyOption.ATOMIC_MOVE);
            PartFile.syncFolder(shared);
            return unpacked;
        } catch (IOException refused) {
            throw FileFailures.writing(part, refused);
        }
    }

    /** Unpacks with the names that the archive has, then takes the folder that is wanted out of them. */
    private Unpacked unpackBeside(String prefix, Unpacked plan) {
        Path file = tar.file().orElseThrow().toAbsolutePath();
        String inside = "\"$part/\"" + Shell.quote(prefix);
        ScriptSwap.run(
                host,
                settings.service(),
                swap().prologue()
                        + "rm -rf \"$part\" && mkdir -m 700 \"$part\" || fail \"cannot make $part\"\n"
                        + "tar -xpf " + Host.inFolder(file)
                        + " --numeric-owner --same-owner -C \"$part\" || fail \"tar could not unpack the archive\"\n"
                        + "mkdir -p " + inside + " || fail \"cannot make the shared folder\"\n"
                        + (plan.hasRoot() ? "" : "like " + inside + " .\n")
                        + "flush\n"
                        + "mv " + inside + " \"$incoming\" || fail \"cannot name $incoming\"\n"
                        + "rm -rf \"$part\"\nflush\n",
                Optional.of(file.getParent()));
        meter.add(size(file));
        return plan;
    }

    private Unpacked unpackThroughApi(String prefix, Unpacked plan) {
        ScriptSwap.run(
                host,
                settings.service(),
                swap().prologue() + "rm -rf \"$part\" && mkdir -m 700 \"$part\" || fail \"cannot make $part\"\n",
                Optional.empty());
        try (RenamedTar renamed = new RenamedTar(tar.open(), name -> partName(prefix, name))) {
            host.writeArchive(settings.service(), settings.path(), renamed);
        }
        ScriptSwap.run(
                host,
                settings.service(),
                swap().prologue() + (plan.hasRoot() ? "" : "like \"$part\" .\n")
                        + "flush\nmv \"$part\" \"$incoming\" || fail \"cannot name $incoming\"\nflush\n",
                Optional.empty());
        return plan;
    }

    private Optional<String> partName(String prefix, String name) {
        return MemberNames.plain(name)
                .flatMap(plain -> MemberNames.below(prefix, plain))
                .map(relative -> relative.isEmpty() ? names.part() : names.part() + "/" + relative);
    }

    private ScriptSwap swap() {
        return new ScriptSwap(host, settings.service(), settings.path(), run);
    }
}
