package dolmen.stack.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tiny image of one static busybox, made once and kept under its tag; no image need be pulled. */
final class BusyboxImage {
    static final String TAG = "dolmen-test/busybox:1";

    private BusyboxImage() {}

    static void ensure(DockerClient client) throws Exception {
        try {
            client.inspectImageCmd(TAG).exec();
        } catch (NotFoundException absent) {
            build(client);
        }
    }

    private static void build(DockerClient client) throws Exception {
        ByteArrayOutputStream context = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(context)) {
            file(tar, "Dockerfile", 0644, "FROM scratch\nADD root.tar /\n".getBytes(StandardCharsets.UTF_8));
            file(tar, "root.tar", 0644, rootFiles(busybox()));
        }
        client.buildImageCmd()
                .withTarInputStream(new ByteArrayInputStream(context.toByteArray()))
                .withTags(Set.of(TAG))
                .start()
                .awaitImageId();
    }

    private static Path busybox() throws Exception {
        for (String installed : List.of("/bin/busybox", "/usr/bin/busybox")) {
            if (Files.isExecutable(Path.of(installed))) {
                return Path.of(installed);
            }
        }
        Path folder = Files.createTempDirectory("dolmen-busybox");
        run(folder, "apt-get", "download", "busybox-static");
        run(folder, "sh", "-c", "dpkg -x busybox-static_*.deb .");
        Path unpacked = folder.resolve("bin/busybox");
        return Files.isExecutable(unpacked) ? unpacked : folder.resolve("usr/bin/busybox");
    }

    private static byte[] rootFiles(Path busybox) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            folder(tar, "tmp/", 01777);
            folder(tar, "data/", 0755);
            folder(tar, "root/", 0700);
            file(
                    tar,
                    "etc/passwd",
                    0644,
                    "root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/:/bin/sh\n".getBytes(StandardCharsets.UTF_8));
            file(tar, "etc/group", 0644, "root:x:0:\napp:x:1000:\n".getBytes(StandardCharsets.UTF_8));
            file(tar, "bin/busybox", 0755, Files.readAllBytes(busybox));
            for (String applet : run(busybox.getParent(), busybox.toString(), "--list")
                    .lines()
                    .toList()) {
                link(tar, "bin/" + applet);
            }
        }
        return bytes.toByteArray();
    }

    private static void folder(TarArchiveOutputStream tar, String name, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void file(TarArchiveOutputStream tar, String name, int mode, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, String name) throws IOException {
        if (name.equals("bin/busybox")) {
            return;
        }
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName("busybox");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static String run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return output;
    }
}
