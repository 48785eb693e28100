package dolmen.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules for the names of members and the targets of links, on strings alone. */
public final class MemberNames {
    private MemberNames() {}

    /**
     * The name without {@code .} parts and doubled slashes ({@code .} itself is the empty name); nothing when it is
     * absolute, climbs with {@code ..} or holds a NUL.
     */
    public static Optional<String> plain(String name) {
        if (name.startsWith("/") || name.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        if (isPlain(name)) {
            return Optional.of(name);
        }
        List<String> parts = new ArrayList<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                return Optional.empty();
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /** Most names are plain, and there are millions of them: this finds out without allocating anything. */
    private static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.startsWith(".")
                && !name.endsWith("/")
                && !name.contains("/.")
                && !name.contains("//");
    }

    /**
     * True when a symbolic link of that name (relative to a folder) surely leads to a path inside of the folder: the
     * target is relative, and climbs only at its beginning and not too far.
     */
    public static boolean staysInside(String link, String target) {
        if (target.isEmpty() || target.startsWith("/")) {
            return false;
        }
        int depth = link.split("/").length - 1;
        boolean descended = false;
        for (String part : target.split("/")) {
            if (part.equals("..")) {
                depth--;
                if (descended || depth < 0) {
                    return false;
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                descended = true;
            }
        }
        return true;
    }

    /** The name relative to the prefix (empty for the prefix itself); nothing when it does not lie there. */
    public static Optional<String> below(String prefix, String name) {
        if (prefix.isEmpty() || name.equals(prefix)) {
            return Optional.of(prefix.isEmpty() ? name : "");
        }
        return name.startsWith(prefix + "/") ? Optional.of(name.substring(prefix.length() + 1)) : Optional.empty();
    }
}
