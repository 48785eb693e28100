package dolmen.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;

/** Permission bits (the lowest twelve), numeric owner and group, and the time of the last change of a file. */
public record MemberAttributes(int mode, long userId, long groupId, Instant modified) {
    static final int PERMISSIONS = 07777;

    public MemberAttributes {
        mode &= PERMISSIONS;
    }

    /** What the file system says of this very path; a link is not followed. */
    public static MemberAttributes of(Path path) throws IOException {
        return of(Files.readAttributes(path, "unix:mode,uid,gid,lastModifiedTime", LinkOption.NOFOLLOW_LINKS));
    }

    static MemberAttributes of(Map<String, Object> unix) {
        return new MemberAttributes(
                (Integer) unix.get("mode"),
                Integer.toUnsignedLong((Integer) unix.get("uid")),
                Integer.toUnsignedLong((Integer) unix.get("gid")),
                ((FileTime) unix.get("lastModifiedTime")).toInstant());
    }

    /** Gives the path these owners and this mode where they differ; only root may change owners. */
    public void applyOwnerAndMode(Path path) throws IOException {
        MemberAttributes present = of(path);
        if (present.userId != userId) {
            Files.setAttribute(path, "unix:uid", (int) userId, LinkOption.NOFOLLOW_LINKS);
        }
        if (present.groupId != groupId) {
            Files.setAttribute(path, "unix:gid", (int) groupId, LinkOption.NOFOLLOW_LINKS);
        }
        if (!Files.isSymbolicLink(path)) {
            Files.setAttribute(path, "unix:mode", mode);
        }
    }
}
