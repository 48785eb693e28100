package dolmen.archive;

import dolmen.model.Checksum;
import dolmen.model.Label;
import dolmen.model.Member;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** A folder and the tar that Dolmen writes of it, with the index of its files. */
final class PackedFolder {
    static final Label LABEL = new Label("20261124-020000");

    final Path source;
    final Path tar;
    final List<Member> index = new ArrayList<>();

    /** An empty folder {@code source} beside {@code druid_shared.tar}. */
    PackedFolder(Path folder) throws IOException {
        this(Files.createDirectory(folder.resolve("source")), folder.resolve("druid_shared.tar"));
    }

    PackedFolder(Path source, Path tar) {
        this.source = source;
        this.tar = tar;
    }

    WrittenTar write() {
        return write(index::add);
    }

    WrittenTar write(Consumer<Member> consumer) {
        return TarWriter.write(TarSource.of(source, "opt/shared"), tar, LABEL, consumer);
    }

    /** What lies in the tar where the index says that this file does. */
    byte[] content(Member member) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(tar.toFile(), "r")) {
            byte[] content = new byte[(int) member.size()];
            file.seek(member.offset());
            file.readFully(content);
            return content;
        }
    }

    static Checksum sha256(byte[] content) {
        return new Checksum(HexFormat.of().formatHex(Checksum.digest().digest(content)));
    }
}
