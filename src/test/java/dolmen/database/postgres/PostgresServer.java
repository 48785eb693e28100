package dolmen.database.postgres;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of a throw-away PostgreSQL on a free port of the loopback, with its folder, which holds its socket, too. */
final class PostgresServer {
    private final Path programs;
    private final Path folder;
    private final int port;
    private final Process process;

    /** Starts it and does not wait for it; its superuser {@code postgres} has this password. */
    PostgresServer(Path programs, String superuser, String... initdb) throws Exception {
        this.programs = programs;
        this.folder = Files.createTempDirectory("dolmen-postgres-");
        this.port = freePort();
        Path password = Files.writeString(folder.resolve("password"), superuser);
        runQuietly("chown", "-R", account(), folder.toString());
        List<String> arguments = new ArrayList<>(List.of(
                "initdb",
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--auth-local=trust",
                "--no-sync",
                "-D",
                data(),
                "--pwfile=" + password));
        arguments.addAll(List.of(initdb));
        Process initialization = asAccount(arguments);
        if (!initialization.waitFor(120, TimeUnit.SECONDS) || initialization.exitValue() != 0) {
            throw new IllegalStateException(Files.readString(folder.resolve("initdb.log"), StandardCharsets.UTF_8));
        }
        this.process = asAccount(List.of(
                "postgres",
                "-D",
                data(),
                "-p",
                "" + port,
                "-k",
                folder.toString(),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "fsync=off",
                "-c",
                "full_page_writes=off",
                "-c",
                "synchronous_commit=off",
                "-c",
                "shared_buffers=16MB",
                "-c",
                "max_connections=60"));
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    /** A folder in its own, which the server may write. */
    Path ownedFolder(String name) throws IOException, InterruptedException {
        Path made = Files.createDirectories(folder.resolve(name));
        runQuietly("chown", account(), made.toString());
        return made;
    }

    /** Starts a psql that does this, in a session of this application name. */
    Process client(String database, String name, String sql) throws IOException {
        ProcessBuilder client = new ProcessBuilder(
                        programs.resolve("psql").toString(),
                        "-X",
                        "-h",
                        folder.toString(),
                        "-p",
                        "" + port,
                        "-U",
                        "druid",
                        "-d",
                        database,
                        "-c",
                        sql)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        client.environment().put("PGAPPNAME", name);
        return client.start();
    }

    /** Ends the server and removes its folder; repeatable: the id of a process that has ended may be another's by then. */
    void stop() {
        try {
            if (process.isAlive()) {
                runQuietly("bash", "-c", "kill -INT " + process.pid());
            }
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            runQuietly("rm", "-rf", folder.toString());
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** PostgreSQL refuses to run as root. */
    private Process asAccount(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            all.addAll(List.of("setpriv", "--reuid=" + account(), "--regid=" + group(), "--clear-groups"));
        }
        all.add(programs.resolve(arguments.get(0)).toString());
        all.addAll(arguments.subList(1, arguments.size()));
        return new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(arguments.get(0) + ".log").toFile())
                .start();
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static String account() throws IOException {
        if (!isRoot()) {
            return System.getProperty("user.name");
        }
        boolean known =
                Files.readAllLines(Path.of("/etc/passwd")).stream().anyMatch(line -> line.startsWith("postgres:"));
        return known ? "postgres" : "nobody";
    }

    private static String group() throws IOException {
        return account().equals("postgres") ? "postgres" : "nogroup";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void runQuietly(String... command) throws IOException, InterruptedException {
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
