package dolmen.deepstorage.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folders and files of this machine that something is mounted on, a bind mount of the same file system included. */
final class MountPoints {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    private static final int POINT = 4;
    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    private final Set<String> points = new HashSet<>();

    private MountPoints() {}

    /** Where the system has no table of mounts, there are none. */
    static MountPoints ofThisMachine() throws IOException {
        MountPoints mounts = new MountPoints();
        try {
            for (String line : Files.readAllLines(TABLE)) {
                String[] fields = line.split(" ");
                if (fields.length > POINT) {
                    mounts.points.add(plain(fields[POINT]));
                }
            }
        } catch (NoSuchFileException none) {
            return mounts;
        }
        return mounts;
    }

    /** The table has blanks and line feeds as three octal digits. */
    private static String plain(String point) {
        return ESCAPED.matcher(point).replaceAll(octal -> {
            String character = String.valueOf((char) Integer.parseInt(octal.group(1), 8));
            return Matcher.quoteReplacement(character);
        });
    }

    boolean has(Path path) throws IOException {
        return !Files.isSymbolicLink(path)
                && points.contains(path.toRealPath(LinkOption.NOFOLLOW_LINKS).toString());
    }
}
