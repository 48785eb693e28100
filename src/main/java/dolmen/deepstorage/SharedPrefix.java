package dolmen.deepstorage;

import dolmen.archive.MemberNames;
import dolmen.archive.TarFile;
import dolmen.archive.TarInspector;
import dolmen.archive.TarMember;
import java.util.Optional;

/**
 * Finds out what the names of an archive's members begin with in place of the shared folder: {@code opt/shared} as the
 * script's tar has it, {@code shared} as the Docker API has it, or whatever stands before {@code segments/}.
 */
public final class SharedPrefix {
    private static final String SEGMENTS = "segments";

    private final String full;
    private final String last;
    private String commonOfFiles;
    private String commonOfFolders;
    private String beforeSegments;
    private boolean empty = true;

    private SharedPrefix(LoadPaths paths) {
        this.full = paths.memberPrefix();
        this.last = full.substring(full.lastIndexOf('/') + 1);
    }

    /**
     * Reads the whole tar; nothing when its names do not look like those of a shared folder. A tar without a single member is what
     * an incremental backup has that uses no segment.
     */
    public static Optional<String> find(TarFile tar, LoadPaths paths) {
        SharedPrefix prefix = new SharedPrefix(paths);
        TarInspector.scan(tar, prefix::add);
        return prefix.empty ? Optional.of(prefix.full) : prefix.result();
    }

    /** Looks at names of files alone. */
    public static Optional<String> find(SegmentFiles files, LoadPaths paths) {
        SharedPrefix prefix = new SharedPrefix(paths);
        files.forEach((name, size) -> prefix.addFile(name));
        return prefix.result();
    }

    private void add(TarMember member) {
        empty = false;
        MemberNames.plain(member.name()).filter(name -> !name.isEmpty()).ifPresent(name -> {
            if (member.isDirectory()) {
                commonOfFolders = common(commonOfFolders, name);
                return;
            }
            addFile(name);
        });
    }

    private void addFile(String name) {
        commonOfFiles = common(commonOfFiles, name.substring(0, Math.max(0, name.lastIndexOf('/'))));
        addBeforeSegments(name);
    }

    private void addBeforeSegments(String name) {
        int at = ("/" + name).indexOf("/" + SEGMENTS + "/");
        if (at >= 0 && (beforeSegments == null || at < beforeSegments.length())) {
            beforeSegments = name.substring(0, Math.max(0, at - 1));
        }
    }

    private static String common(String one, String other) {
        if (one == null || one.equals(other)) {
            return other;
        }
        String common = one;
        while (MemberNames.below(common, other).isEmpty()) {
            common = common.substring(0, Math.max(0, common.lastIndexOf('/')));
        }
        return common;
    }

    private Optional<String> result() {
        String common = commonOfFiles == null ? commonOfFolders : commonOfFiles;
        if (common == null) {
            return Optional.empty();
        }
        for (String known : new String[] {full, last, beforeSegments}) {
            if (known != null && MemberNames.below(known, common).isPresent()) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
