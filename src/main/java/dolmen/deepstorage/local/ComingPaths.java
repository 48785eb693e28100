package dolmen.deepstorage.local;

import dolmen.archive.PathIndex;
import dolmen.deepstorage.SegmentFiles;

/** The places that files are to come to, by names relative to the shared folder: every folder once, and before what lies in it. */
final class ComingPaths {
    private final SegmentFiles files;

    ComingPaths(SegmentFiles files) {
        this.files = files;
    }

    /** Takes one place after the other. */
    interface Taker {
        void folder(String path);

        void file(String path);
    }

    void forEach(Taker taker) {
        PathIndex folders = new PathIndex();
        files.forEach((name, size) -> {
            for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                String folder = name.substring(0, slash);
                if (folders.find(folder) == PathIndex.ABSENT) {
                    folders.add(folder);
                    taker.folder(folder);
                }
            }
            taker.file(name);
        });
    }
}
