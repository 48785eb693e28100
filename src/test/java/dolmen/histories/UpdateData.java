package dolmen.histories;

import com.fasterxml.jackson.core.type.TypeReference;
import dolmen.database.postgres.PostgresFixture;
import dolmen.model.Json;
import dolmen.storage.S3Server;
import dolmen.stories.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.domain.Blob;
import org.jclouds.blobstore.options.ListContainerOptions;

/**
 * What an older Dolmen left, as one file: its folders, the databases as SQL, the bucket's objects. Each server of PostgreSQL
 * has an identifier of its own, so the old one is replaced where it stands, and the sums of those files with it.
 */
final class UpdateData {
    private static final Path FILE = Path.of("src/test/resources/update/c00a14c.tar.gz");
    private static final Path SQL = UpdatedStack.HOME.resolve("sql");
    private static final Path OBJECTS = UpdatedStack.HOME.resolve("objects");
    private static final Path ABOUT = UpdatedStack.HOME.resolve("objects.json");
    private static final Path SERVER = UpdatedStack.HOME.resolve("server");
    private static final String DATABASES =
            "SELECT string_agg(datname, ' ') FROM pg_database WHERE datname LIKE '%druid%'";

    private UpdateData() {}

    static void save(UpdatedStack stack) throws IOException {
        Files.createDirectories(SQL);
        for (String database : stack.postgres.query("postgres", DATABASES).split(" ")) {
            program(stack, "pg_dump", "--no-owner", "-f", SQL.resolve(database).toString(), "-d", database);
        }
        Files.writeString(SERVER, identifier(stack));
        Map<String, Map<String, String>> about = new TreeMap<>();
        BlobStore store = stack.bucket.objects();
        for (var object : store.list(S3Server.BUCKET, ListContainerOptions.Builder.recursive())) {
            Blob blob = store.getBlob(S3Server.BUCKET, object.getName());
            Path file = OBJECTS.resolve(object.getName());
            Files.createDirectories(file.getParent());
            try (InputStream in = blob.getPayload().openStream()) {
                Files.copy(in, file);
            }
            about.put(object.getName(), blob.getMetadata().getUserMetadata());
        }
        Json.MAPPER.writeValue(ABOUT.toFile(), about);
        Files.createDirectories(FILE.getParent());
        Shell.run(
                "tar", "-C", UpdatedStack.PLACE.toString(), "--owner=0", "--group=0", "-czf", FILE.toString(), "home");
    }

    static void load(UpdatedStack stack) throws IOException {
        Shell.run("tar", "-C", UpdatedStack.PLACE.toString(), "--no-same-owner", "-xzf", FILE.toString());
        replaceServer(Files.readString(SERVER), identifier(stack));
        try (Stream<Path> dumps = Files.list(SQL)) {
            for (Path dump : dumps.toList()) {
                stack.postgres.fillAs("druid", dump.getFileName().toString(), dump);
            }
        }
        Map<String, Map<String, String>> about = Json.MAPPER.readValue(ABOUT.toFile(), new TypeReference<>() {});
        for (Map.Entry<String, Map<String, String>> object : about.entrySet()) {
            byte[] bytes = Files.readAllBytes(OBJECTS.resolve(object.getKey()));
            Map<String, String> metadata = new HashMap<>(object.getValue());
            metadata.computeIfPresent("sha256", (key, old) -> sha256(bytes));
            stack.bucket
                    .objects()
                    .putBlob(
                            S3Server.BUCKET,
                            stack.bucket
                                    .objects()
                                    .blobBuilder(object.getKey())
                                    .payload(bytes)
                                    .contentLength(bytes.length)
                                    .userMetadata(metadata)
                                    .build());
        }
    }

    private static String identifier(UpdatedStack stack) {
        return stack.postgres.query("postgres", "SELECT system_identifier FROM pg_control_system()");
    }

    private static void program(UpdatedStack stack, String name, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                stack.postgres.programsFolder().resolve(name).toString(),
                "-h",
                "127.0.0.1",
                "-p",
                "" + stack.postgres.port(),
                "-U",
                "postgres"));
        command.addAll(List.of(more));
        Shell.run(Map.of("PGPASSWORD", PostgresFixture.PASSWORD), command.toArray(String[]::new));
    }

    private static void replaceServer(String old, String now) throws IOException {
        try (Stream<Path> tree = Files.walk(UpdatedStack.HOME)) {
            List<Path> files = tree.filter(Files::isRegularFile).toList();
            for (Path file : files) {
                replace(file, old, now);
            }
            for (Path sums : files) {
                if (sums.endsWith("SHA256SUMS")) {
                    sumAnew(sums);
                }
            }
        }
    }

    private static void replace(Path file, String old, String now) throws IOException {
        if (file.toString().matches(".*\\.(json|txt)")) {
            String text = Files.readString(file);
            if (text.contains(old)) {
                Files.writeString(file, text.replace(old, now));
            }
        }
    }

    private static void sumAnew(Path sums) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(sums)) {
            Path file = sums.resolveSibling(line.substring(66));
            boolean changed = file.toString().endsWith(".json") && Files.exists(file);
            lines.add(changed ? sha256(Files.readAllBytes(file)) + line.substring(64) : line);
        }
        Files.write(sums, lines, StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
