package dolmen.archive;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarUtils;

/**
 * Reads the fields of one header record, and what pax headers and GNU's long names say in place of them. Throws
 * {@code IllegalArgumentException} for what cannot be read.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html">POSIX: pax</a>
 */
final class TarExtensions {
    private static final int FLAG = 156;
    private static final Set<String> CHANGING =
            Set.of("path", "linkpath", "size", "uid", "gid", "uname", "gname", "mtime", "hdrcharset");

    private final Map<String, String> values = new HashMap<>();

    /** True when the record's content speaks of the next member (or of nothing): it is no member itself. */
    static boolean isExtension(byte[] record) {
        return "xXgLKV".indexOf(record[FLAG]) >= 0;
    }

    static TarMember parse(byte[] record, long offset) {
        TarMember.Kind kind = kind(record, name(record));
        long size = TarUtils.parseOctalOrBinary(record, 124, 12);
        if (size < 0) {
            throw new IllegalArgumentException("a size below 0");
        }
        MemberAttributes attributes = new MemberAttributes(
                (int) TarUtils.parseOctalOrBinary(record, 100, 8),
                TarUtils.parseOctalOrBinary(record, 108, 8),
                TarUtils.parseOctalOrBinary(record, 116, 8),
                Instant.ofEpochSecond(TarUtils.parseOctalOrBinary(record, 136, 12)));
        // GNU tar and others write a hard link's size without its content
        return new TarMember(
                name(record),
                kind,
                kind == TarMember.Kind.HARDLINK ? 0 : size,
                attributes,
                text(record, 157, 100),
                offset);
    }

    private static String name(byte[] record) {
        String name = text(record, 0, 100);
        boolean posix = text(record, 257, 6).equals("ustar") && record[262] == 0;
        String prefix = posix ? text(record, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Old tars mark a folder by nothing but the slash at the end of its whole name. */
    private static TarMember.Kind kind(byte[] record, String name) {
        return switch (record[FLAG]) {
            case 0, '0', '7' -> name.endsWith("/") ? TarMember.Kind.DIRECTORY : TarMember.Kind.FILE;
            case '1' -> TarMember.Kind.HARDLINK;
            case '2' -> TarMember.Kind.SYMLINK;
            case '3', '4' -> TarMember.Kind.DEVICE;
            case '5' -> TarMember.Kind.DIRECTORY;
            case '6' -> TarMember.Kind.FIFO;
            case 'S', 'M' -> throw new IllegalArgumentException("sparse and multi-volume members are not supported");
            default -> TarMember.Kind.OTHER;
        };
    }

    private static String text(byte[] record, int offset, int length) {
        int end = offset;
        while (end < offset + length && record[end] != 0) {
            end++;
        }
        return new String(record, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** Takes in the content of an extension. */
    void add(byte[] record, byte[] content) {
        switch (record[FLAG]) {
            case 'L' -> values.put("path", text(content, 0, content.length));
            case 'K' -> values.put("linkpath", text(content, 0, content.length));
            case 'x', 'X' -> addPax(content);
            case 'g' -> requireHarmless(content);
            default -> {
                // a volume label: says nothing that a member needs
            }
        }
    }

    /** A global header speaks of all later members; tar programs obey it, so one that would change them is refused. */
    private static void requireHarmless(byte[] content) {
        TarExtensions global = new TarExtensions();
        global.addPax(content);
        if (global.values.keySet().stream().anyMatch(key -> key.startsWith("GNU.") || CHANGING.contains(key))) {
            throw new IllegalArgumentException("a global header that changes members");
        }
    }

    /** Records of the form {@code LENGTH KEY=VALUE\n}, the length counting everything. */
    private void addPax(byte[] content) {
        int start = 0;
        while (start < content.length && content[start] != 0) {
            int space = indexOf(content, ' ', start);
            int end = start + Integer.parseInt(ascii(content, start, space));
            int equals = indexOf(content, '=', space);
            if (end > content.length || equals >= end || content[end - 1] != '\n') {
                throw new IllegalArgumentException("a pax record of a wrong length");
            }
            values.put(
                    ascii(content, space + 1, equals),
                    new String(content, equals + 1, end - equals - 2, StandardCharsets.UTF_8));
            start = end;
        }
    }

    private static int indexOf(byte[] content, char wanted, int start) {
        for (int i = start; i < content.length; i++) {
            if (content[i] == wanted) {
                return i;
            }
        }
        throw new IllegalArgumentException("a pax record without '" + wanted + "'");
    }

    private static String ascii(byte[] content, int start, int end) {
        return new String(content, start, end - start, StandardCharsets.US_ASCII);
    }

    TarMember applyTo(byte[] record, TarMember plain) {
        if (values.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse"))) {
            throw new IllegalArgumentException("sparse members are not supported");
        }
        MemberAttributes attributes = new MemberAttributes(
                plain.attributes().mode(),
                number("uid", plain.attributes().userId()),
                number("gid", plain.attributes().groupId()),
                values.containsKey("mtime")
                        ? instant(values.get("mtime"))
                        : plain.attributes().modified());
        boolean hardLink = plain.kind() == TarMember.Kind.HARDLINK;
        String name = values.getOrDefault("path", name(record));
        return new TarMember(
                name,
                kind(record, name),
                hardLink ? 0 : number("size", plain.size()),
                attributes,
                values.getOrDefault("linkpath", plain.link()),
                plain.offset());
    }

    private long number(String key, long otherwise) {
        long number = values.containsKey(key) ? Long.parseLong(values.get(key)) : otherwise;
        if (number < 0) {
            throw new IllegalArgumentException(key + " is below 0");
        }
        return number;
    }

    private static Instant instant(String seconds) {
        if (!seconds.matches("-?[0-9]{1,11}([.][0-9]{0,30})?")) {
            throw new IllegalArgumentException("mtime is no number of seconds");
        }
        BigDecimal time = new BigDecimal(seconds);
        BigDecimal whole = time.setScale(0, RoundingMode.FLOOR);
        return Instant.ofEpochSecond(
                whole.longValueExact(), time.subtract(whole).movePointRight(9).longValue());
    }
}
