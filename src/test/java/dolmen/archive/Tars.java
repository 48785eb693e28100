package dolmen.archive;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A small tar of GNU tar's, and what a reader says is in one. */
final class Tars {
    private Tars() {}

    /** {@code x.tar} in the folder: a folder with three files, in 512 + 1024 + 1024 + 2048 bytes and an end marker. */
    static byte[] small(Path folder) throws Exception {
        Tool.ok(
                folder,
                "mkdir -p a; echo 1 > a/one; head -c 1500 /dev/zero > a/two; echo 3 > a/three;"
                        + " tar --sort=name -cf x.tar a");
        return Files.readAllBytes(folder.resolve("x.tar"));
    }

    static List<TarMember> list(byte[] tar) {
        List<TarMember> members = new ArrayList<>();
        try (TarReader reader = TarReader.of("some.tar", new ByteArrayInputStream(tar))) {
            for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                members.add(next.get());
            }
        }
        return members;
    }
}
