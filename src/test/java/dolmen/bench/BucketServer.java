package dolmen.bench;

import dolmen.storage.S3Server;
import java.nio.file.Path;

/** An S3 server in a process of its own, until its input ends. Prints its address and its keys. Argument: its folder. */
public final class BucketServer {
    private BucketServer() {}

    public static void main(String[] arguments) throws Exception {
        try (S3Server server = new S3Server(Path.of(arguments[0]))) {
            System.out.println(server.endpoint() + " " + S3Server.ACCESS_KEY + " " + S3Server.SECRET_KEY);
            System.in.read();
        }
        System.exit(0);
    }
}
