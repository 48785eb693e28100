package dolmen.deepstorage.local;

import dolmen.archive.MemberIndex;
import dolmen.archive.TarTarget;
import dolmen.archive.Tool;
import dolmen.deepstorage.ArchiveOrder;
import dolmen.deepstorage.MadeArchive;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.model.Artifact;
import dolmen.model.Label;
import dolmen.model.Member;
import dolmen.model.Meter;
import dolmen.model.RunMark;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Mount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A fake stack with the shared folder of the script's tar, and a catalog where its backup is staged. */
final class ArchivedStack {
    static final RunMark RUN = new RunMark("20261124-020000-restore");
    static final Label LABEL = new Label("20261124-020000");

    final Historical historical;
    final Path shared;
    final Path catalog;
    final Path scratch;
    final Path staging;

    ArchivedStack(Path folder) throws Exception {
        historical = new Historical(Files.createDirectory(folder.resolve("root")));
        catalog = folder.resolve("catalog");
        scratch = folder.resolve("scratch");
        staging = Files.createDirectories(catalog.resolve(".staging/x"));
        shared = Files.createDirectories(historical.root.resolve("opt/shared"));
        Tool.ok(historical.root, "tar -xpf " + Fixture.SCRIPT_TAR.toAbsolutePath());
    }

    /** The volume, of a stack where this is the fastest transport that works. */
    LocalDeepStorage volume(Transport transport) {
        reach(transport);
        return volume(Optional.empty());
    }

    /** What the restore {@link #RUN} does to a stack where this is the fastest transport that works. */
    SegmentPlacement restore(Transport transport) {
        reach(transport);
        return volume(Optional.empty()).placement(RUN);
    }

    private void reach(Transport transport) {
        Path source = transport == Transport.MOUNT ? shared : Path.of("/of/another/machine");
        historical.service.mounts = List.of(new Mount("/opt/shared", source, Optional.of("stack_shared")));
        historical.seesStaging = transport == Transport.SIDECAR;
    }

    /** The volume, with this transport in the settings. */
    LocalDeepStorage volume(Optional<Transport> transport) {
        return new LocalDeepStorage(historical.host, settings(transport), scratch, catalog);
    }

    MadeArchive archive(LocalDeepStorage volume) {
        return volume.archive(order(), Meter.NONE);
    }

    MadeArchive archive(LocalDeepStorage volume, TarTarget tar) {
        return volume.archive(order(tar), Meter.NONE);
    }

    ArchiveOrder order() {
        return order(TarTarget.of(staging.resolve(Artifact.SEGMENT_ARCHIVE)));
    }

    private ArchiveOrder order(TarTarget tar) {
        return ArchiveOrder.full(staging, LABEL, tar, IncrementalBackups.USED, IncrementalBackups.SAME);
    }

    static SegmentsSettings settings(Optional<Transport> transport) {
        return new SegmentsSettings("historical", "/opt/shared", transport, List.of());
    }

    /** What the index of the staged archive says. */
    List<Member> index() {
        List<Member> members = new ArrayList<>();
        MemberIndex.read(staging.resolve("segments.jsonl.gz"), members::add);
        return members;
    }
}
