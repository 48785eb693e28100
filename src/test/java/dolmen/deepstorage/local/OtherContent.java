package dolmen.deepstorage.local;

import dolmen.archive.TarFile;
import dolmen.archive.Tool;
import dolmen.deepstorage.SegmentPlacement;
import dolmen.deepstorage.Staged;
import dolmen.model.Meter;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A stack in whose shared folder other things lie than in the script's tar, and that tar, unpacked for comparing. */
final class OtherContent {
    /** What lies in a folder, apart from what a restore keeps there. */
    static final String LISTING = "find . -not -path './.dolmen-*' -printf '%y %U:%G %m %P\\n' | LC_ALL=C sort";

    final Historical historical;
    final Path shared;
    final Path tar;
    private final ArchivedStack stack;

    OtherContent(Path folder) throws Exception {
        stack = new ArchivedStack(folder);
        historical = stack.historical;
        historical.preamble = "sync() { :; }\n";
        shared = stack.shared;
        tar = Files.copy(Fixture.SCRIPT_TAR, folder.resolve("druid_shared.tar"));
        Tool.ok(folder, "mkdir expected; tar -C expected -xpf druid_shared.tar --numeric-owner");
        Tool.ok(folder, "rm -r root/opt; mkdir -p root/opt/shared");
        Tool.ok(shared, "mkdir segments stale; echo old > segments/which; echo 1 > stale/x; chmod 750 .");
    }

    LocalDeepStorage volume(Transport transport) {
        return stack.volume(transport);
    }

    /** Brings the archive in. */
    Staged stage(SegmentPlacement restore) {
        return restore.stage(TarFile.of(tar), 0, Meter.NONE);
    }

    SegmentPlacement restore(Transport transport) {
        return stack.restore(transport);
    }

    /** Deep storage with these caches. */
    LocalDeepStorage caches(String... caches) {
        return new LocalDeepStorage(
                historical.host,
                new SegmentsSettings("historical", "/opt/shared", Optional.empty(), List.of(caches)),
                stack.scratch);
    }
}
