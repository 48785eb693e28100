package dolmen.archive;

import dolmen.model.Artifact;
import dolmen.model.Checksum;
import dolmen.model.Meter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Reads a tar from end to end, once, and tells what is in it. Throws as {@link TarReader} does. */
public final class TarInspector {
    private TarInspector() {}

    /** Reports every member of a tar that is whole, without hashing anything. */
    public static void scan(TarFile tar, Consumer<TarMember> members) {
        try (TarReader reader = tar.open()) {
            for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                members.accept(next.get());
            }
        }
    }

    /** Reports every member; the content is hashed as part of the whole only. */
    public static TarSummary list(Path tar, Consumer<TarMember> members) {
        return list(tar, Meter.NONE, members);
    }

    /** Also counts the bytes of the tar. */
    public static TarSummary list(Path tar, Meter meter, Consumer<TarMember> members) {
        return inspect(tar, meter, (member, reader) -> members.accept(member));
    }

    /** Reports every member, files with the SHA-256 of their content. */
    public static TarSummary digest(Path tar, BiConsumer<TarMember, Optional<Checksum>> members) {
        return digest(tar, Meter.NONE, members);
    }

    /** Also counts the bytes of the tar. */
    public static TarSummary digest(Path tar, Meter meter, BiConsumer<TarMember, Optional<Checksum>> members) {
        return inspect(
                tar,
                meter,
                (member, reader) ->
                        members.accept(member, member.isFile() ? Optional.of(digest(reader)) : Optional.empty()));
    }

    /** The SHA-256 of the present member's content. */
    public static Checksum digest(TarReader reader) {
        MessageDigest digest = Checksum.digest();
        try {
            reader.content().transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a digest refuses nothing", impossible);
        }
        return Checksum.of(digest);
    }

    private static TarSummary inspect(Path tar, Meter meter, BiConsumer<TarMember, TarReader> visitor) {
        long members = 0;
        long files = 0;
        long bytes = 0;
        TarFile counted = TarFile.of(tar).counted(meter);
        try (TarReader reader = TarReader.of(counted.name(), counted.stream())) {
            for (Optional<TarMember> next = reader.next(); next.isPresent(); next = reader.next()) {
                TarMember member = next.get();
                visitor.accept(member, reader);
                members++;
                files += member.isFile() ? 1 : 0;
                bytes += member.isFile() ? member.size() : 0;
            }
            Artifact artifact = new Artifact(tar.getFileName().toString(), reader.bytes(), reader.sha256());
            return new TarSummary(artifact, members, files, bytes);
        }
    }
}
