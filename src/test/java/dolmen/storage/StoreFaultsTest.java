package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.model.StepFailure;
import dolmen.storage.FakeS3.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store says that refuses. */
class StoreFaultsTest {
    @TempDir
    Path folder;

    @Test
    @Tag("UP-04")
    void a_store_with_another_time_is_named_with_both_times() throws Exception {
        String theirs = "Thu, 26 Nov 2026 00:00:00 GMT";
        try (FakeS3 server = new FakeS3(request -> new Answer(403, "RequestTimeTooSkewed", Map.of("Date", theirs)));
                S3Store store = server.store()) {
            assertThatThrownBy(() -> store.list("stack/"))
                    .isInstanceOf(StepFailure.Failed.class)
                    .hasMessageContaining("the clocks differ, this machine says 20")
                    .hasMessageContaining("the store ");
        }
    }

    @Test
    @Tag("UP-08")
    void every_request_that_writes_has_the_md5_that_a_locked_bucket_asks_for() throws Exception {
        Path file = Files.writeString(folder.resolve("x"), "content");
        try (FakeS3 server = new FakeS3(request -> switch (request.method()) {
                    case "HEAD" -> new Answer(404, "", Map.of());
                    case "PUT" ->
                        request.has("Content-MD5") ? Answer.ok() : new Answer(400, "InvalidRequest", Map.of());
                    default -> Answer.ok();
                });
                S3Store store = server.store()) {
            store.put(file, Digests.artifact(file), "stack/x");
            store.put("stack/y", "{}");
        }
    }

    @Test
    @Tag("UP-03")
    void no_request_has_a_checksum_or_a_trailer_that_a_compatible_server_refuses() throws Exception {
        Path file = Files.writeString(folder.resolve("x"), "content");
        try (FakeS3 server = new FakeS3(
                        request -> request.method().equals("HEAD") ? new Answer(404, "", Map.of()) : Answer.ok());
                S3Store store = server.store()) {
            store.put(file, Digests.artifact(file), "stack/x");
            assertThat(server.requests)
                    .hasSize(2)
                    .noneMatch(request -> request.has("x-amz-trailer")
                            || request.has("x-amz-sdk-checksum-algorithm")
                            || request.headers().toString().contains("aws-chunked"));
        }
    }
}
