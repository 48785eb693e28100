package dolmen.archive;

/**
 * One member of a tar as its header says: the name as it is written there (without the trailing slash of a folder), its
 * kind, the size of its content in bytes, its attributes, the target of a link (else empty), and the offset in bytes of
 * its content in the tar.
 */
public record TarMember(String name, Kind kind, long size, MemberAttributes attributes, String link, long offset) {
    /** What a member is. */
    public enum Kind {
        FILE,
        DIRECTORY,
        SYMLINK,
        HARDLINK,
        DEVICE,
        FIFO,
        OTHER
    }

    public TarMember {
        while (name.length() > 1 && name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
    }

    public boolean isFile() {
        return kind == Kind.FILE;
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    /** This member under another name. */
    public TarMember named(String other) {
        return new TarMember(other, kind, size, attributes, link, offset);
    }
}
