package dolmen.stories;

import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Spoils a copy of a backup. */
interface Damage {
    void to(Path copy) throws Exception;

    /** Each kind, by a name for a folder. */
    static Map<String, Damage> all() {
        return Map.of(
                "dump-cut-in-a-copy-block",
                copy -> cut(copy.resolve("druid_metadata_dump.sql"), 0.6),
                "tar-cut-at-a-member-boundary",
                copy -> cutAtMember(copy.resolve("druid_shared.tar")),
                "one-byte-flipped-in-a-segment",
                copy -> flip(copy.resolve("druid_shared.tar")),
                "dump-missing",
                copy -> Files.delete(copy.resolve("druid_metadata_dump.sql")),
                "archive-missing",
                copy -> Files.delete(copy.resolve("druid_shared.tar")));
    }

    private static void cut(Path file, double share) throws Exception {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate((long) (channel.size() * share));
        }
    }

    private static void cutAtMember(Path tar) throws Exception {
        String offsets = Shell.run("tar", "tRf", tar.toString());
        String[] lines = offsets.split("\n");
        long block = Long.parseLong(lines[lines.length / 2].replaceAll("block (\\d+):.*", "$1"));
        try (FileChannel channel = FileChannel.open(tar, StandardOpenOption.WRITE)) {
            channel.truncate(block * 512);
        }
    }

    private static void flip(Path tar) throws Exception {
        byte[] content = Files.readAllBytes(tar);
        int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("00000.smoosh") + 600;
        content[at] ^= 1;
        Files.write(tar, content);
    }
}
