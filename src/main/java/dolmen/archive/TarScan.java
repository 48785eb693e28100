package dolmen.archive;

import dolmen.model.StepFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks every member of a tar before any is unpacked: none may leave the target (by an absolute name, by {@code ..} or through
 * a link), be a link out of it, a device or a pipe, or have the name of another one, and all files together must not have more
 * bytes than allowed. Takes about 30 MB for a million members.
 */
public final class TarScan {
    private static final byte FILE = 1;
    private static final byte EXPLICIT_FOLDER = 2;
    private static final byte IMPLICIT_FOLDER = 3;
    private static final byte LINK = 4;

    private final String tar;
    private final Unpacking rules;
    private final PathIndex names = new PathIndex();
    private byte[] kinds = new byte[1024];
    private long files;
    private long bytes;

    /** For the members of a tar of this name, each of which is handed to {@link #take}. */
    public TarScan(String tar, Unpacking rules) {
        this.tar = tar;
        this.rules = rules;
    }

    /**
     * Reads a tar. Throws {@code Damaged} with the first member that must not be unpacked and for a cut tar, {@code Refused}
     * for one that is larger than allowed.
     */
    public static Unpacked check(TarFile tar, Unpacking rules) {
        TarScan scan = new TarScan(tar.name(), rules);
        TarInspector.scan(tar, scan::take);
        return new Unpacked(scan.files, scan.bytes, scan.names.find("") != PathIndex.ABSENT, List.of());
    }

    /**
     * The member's name below the target (empty: the target itself); nothing for a folder above the prefix, which is
     * passed over. Throws {@code Damaged} for a name that leaves the target.
     */
    static Optional<String> target(String tar, TarMember member, String prefix) {
        String plain = MemberNames.plain(member.name())
                .orElseThrow(() -> unfit(tar, member.name() + " leads out of the target"));
        Optional<String> target = MemberNames.below(prefix, plain);
        boolean above = plain.isEmpty() || MemberNames.below(plain, prefix).isPresent();
        if (target.isEmpty() && !(above && member.isDirectory())) {
            throw unfit(tar, member.name() + " does not lie in " + prefix);
        }
        return target;
    }

    /** Throws {@code Damaged} when the member must not be unpacked behind those before it. */
    public void take(TarMember member) {
        Optional<String> target = target(tar, member, rules.prefix());
        if (target.isEmpty()) {
            return;
        }
        String name = target.get();
        checkParents(name);
        switch (member.kind()) {
            case FILE -> file(member, name);
            case DIRECTORY -> folder(name);
            case SYMLINK -> symbolicLink(member, name);
            case HARDLINK -> hardLink(member, name);
            default -> throw unfit(tar, member.name() + " is a device, a pipe or of an unknown kind");
        }
    }

    /** Takes a file that an index lists under its whole name. */
    public void takeFile(String member, long size) {
        MemberNames.below(rules.prefix(), member).ifPresent(name -> {
            checkParents(name);
            add(name, FILE);
            count(size);
        });
    }

    private void checkParents(String name) {
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            int parent = names.find(name.substring(0, slash));
            if (parent == PathIndex.ABSENT) {
                mark(name.substring(0, slash), IMPLICIT_FOLDER);
            } else if (kinds[parent] != EXPLICIT_FOLDER && kinds[parent] != IMPLICIT_FOLDER) {
                throw unfit(tar, name + " leads through " + name.substring(0, slash) + ", which is no folder");
            }
        }
    }

    private void file(TarMember member, String name) {
        add(name, FILE);
        count(member.size());
    }

    private void count(long size) {
        files++;
        bytes += size;
        if (bytes < 0 || bytes > rules.maxBytes()) {
            throw new StepFailure.Refused(
                    "the files in " + tar + " need more than the " + rules.maxBytes() + " bytes that are allowed",
                    "Free space in the target, and repeat; nothing was unpacked.");
        }
    }

    private void folder(String name) {
        if (names.find(name) != PathIndex.ABSENT && kinds[names.find(name)] == IMPLICIT_FOLDER) {
            mark(name, EXPLICIT_FOLDER);
            return;
        }
        add(name, EXPLICIT_FOLDER);
    }

    private void symbolicLink(TarMember member, String name) {
        if (!MemberNames.staysInside(name, member.link())) {
            throw unfit(tar, member.name() + " is a link that leads out of the target (" + member.link() + ")");
        }
        add(name, LINK);
    }

    private void hardLink(TarMember member, String name) {
        Optional<String> linked =
                MemberNames.plain(member.link()).flatMap(plain -> MemberNames.below(rules.prefix(), plain));
        int number = linked.map(names::find).orElse(PathIndex.ABSENT);
        if (number == PathIndex.ABSENT || kinds[number] != FILE) {
            throw unfit(tar, member.name() + " is a link to " + member.link() + ", which is no file before it");
        }
        add(name, FILE);
    }

    private void add(String name, byte kind) {
        if (name.isEmpty() && kind != EXPLICIT_FOLDER) {
            throw unfit(tar, "the member for the target itself is no folder");
        }
        if (names.find(name) != PathIndex.ABSENT) {
            throw unfit(tar, "two members are named " + name);
        }
        mark(name, kind);
    }

    private void mark(String name, byte kind) {
        int number = names.add(name);
        if (number >= kinds.length) {
            kinds = Arrays.copyOf(kinds, kinds.length * 2);
        }
        kinds[number] = kind;
    }

    private static StepFailure unfit(String tar, String what) {
        return new StepFailure.Damaged(
                tar + " must not be unpacked: " + what,
                "Use another backup; when you trust this one, unpack it by hand. A backup that is made with"
                        + " dolmen.segments.transport=api leaves out links out of the folder, pipes and devices.");
    }
}
