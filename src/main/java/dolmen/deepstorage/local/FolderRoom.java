package dolmen.deepstorage.local;

import dolmen.archive.FreeSpace;
import dolmen.model.StepFailure;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import java.nio.file.Path;
import java.util.Optional;

/** The room on the volume of the shared folder. */
record FolderRoom(Host host, SegmentsSettings settings) {
    long freeBytes() {
        Optional<Path> folder = WritableFolder.find(host, settings);
        return folder.isPresent() ? FreeSpace.at(folder.get()) : freeBytesBeside();
    }

    /** Nothing is known of a folder that this process cannot write. */
    boolean isOnVolumeOf(Path other) {
        return WritableFolder.find(host, settings)
                .filter(shared -> FreeSpace.isShared(shared, other))
                .isPresent();
    }

    private long freeBytesBeside() {
        Outcome outcome = ScriptSwap.run(
                host,
                settings.service(),
                "df -Pk " + Shell.quote(settings.path()) + " | tail -n 1 | awk '{ print \"free:\" $4 }' >&2",
                Optional.empty());
        return outcome.stderr()
                .lines()
                .filter(line -> line.matches("free:[0-9]+"))
                .map(line -> Long.parseLong(line.substring(5)) * 1024)
                .findFirst()
                .orElseThrow(() -> new StepFailure.Failed(
                        "the free space of " + settings.path() + " could not be found out"
                                + TransportChoice.said(outcome),
                        "Check that the image of " + settings.service() + " has df and awk."));
    }
}
