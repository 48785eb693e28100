package dolmen.doctor;

import dolmen.archive.FreeSpace;
import dolmen.deepstorage.local.SharedState;
import dolmen.model.Size;
import java.util.ArrayList;
import java.util.List;

/** Whether the shared folder is one that a backup may pack, how it is read, and how much room is left on it. */
final class SharedFolderCheck implements Check {
    private static final long LITTLE = 100_000_000;

    private final Source source;

    SharedFolderCheck(Source source) {
        this.source = source;
    }

    @Override
    public List<Seen> look() {
        List<Seen> seen = new ArrayList<>();
        SharedState shared = source.volume().look();
        String name = source.settings().segments().path() + " of "
                + source.settings().segments().service();
        shared.folder()
                .ifPresentOrElse(
                        folder -> {
                            seen.add(Seen.ok("the shared folder " + name + " is read as " + folder));
                            seen.add(room(FreeSpace.at(folder)));
                        },
                        () -> seen.add(Seen.info(
                                "the shared folder " + name + " is read through the Docker engine, which is slower: "
                                        + shared.whyNot(),
                                "Let this user list the volume's folder, or mount the volume read-only for Dolmen.")));
        shared.fleeting()
                .ifPresent(on -> seen.add(Seen.warning(
                        "the shared folder " + name + " lies on " + on
                                + ": a container that is made anew does not have it",
                        "Put it on a named volume.")));
        return seen;
    }

    private static Seen room(long free) {
        return free < LITTLE
                ? Seen.warning(
                        "the shared volume has " + Size.words(free) + " free",
                        "Druid cannot publish segments without room.")
                : Seen.ok("the shared volume has " + Size.words(free) + " free");
    }
}
