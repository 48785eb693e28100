package dolmen;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.model.Kind;
import dolmen.model.Operation;
import dolmen.model.Origin;
import dolmen.model.RunRequest;
import dolmen.storage.S3Server;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two stacks that send their backups to one prefix of a bucket. */
@Timeout(300)
class OneBucketForTwoStacksTest extends TwoStacks {
    @Test
    @Tag("T47")
    void t47_in_one_prefix_of_a_bucket_each_stack_sends_and_prunes_its_own() throws Exception {
        S3Server server = bucket();
        run(production, backup(Kind.FULL));
        run(staging, backup(Kind.FULL));
        run(staging, RunRequest.of(Operation.PRUNE_REMOTE, Origin.COMMAND));
        assertThat(inBucket()).hasSize(2);
        server.close();
    }

    @Test
    @Tag("T47")
    void t47_an_upload_of_what_is_due_sends_nothing_of_the_other_stack() throws Exception {
        bucket();
        run(staging, backup(Kind.FULL));
        Map<String, String> withBucket = new TreeMap<>(more);
        more.keySet().removeIf(key -> key.startsWith("dolmen.storage."));
        run(production, backup(Kind.FULL));
        more.putAll(withBucket);
        run(staging, backup(Kind.FULL));
        assertThat(inBucket()).containsExactly(labels().get(0), labels().get(2));
    }

    private S3Server bucket() throws Exception {
        S3Server server = new S3Server(home.resolve("s3"));
        open.add(server);
        more.putAll(Map.of(
                "dolmen.storage.bucket",
                S3Server.BUCKET,
                "dolmen.storage.prefix",
                "both",
                "dolmen.storage.endpoint",
                server.endpoint().toString(),
                "dolmen.storage.access-key",
                S3Server.ACCESS_KEY,
                "dolmen.storage.secret-key",
                S3Server.SECRET_KEY,
                "dolmen.storage.retention.keep-last",
                "1"));
        return server;
    }

    private List<String> inBucket() {
        return names(home.resolve("s3/" + S3Server.BUCKET + "/both"), name -> name.startsWith("2"));
    }
}
