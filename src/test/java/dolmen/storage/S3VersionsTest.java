package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.model.StepFailure.Failed;
import dolmen.storage.FakeS3.Answer;
import dolmen.storage.FakeS3.Request;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a bucket says of its versions, or does not. */
@Tag("T50")
class S3VersionsTest {
    private static final String LIST = "<ListVersionsResult>%s</ListVersionsResult>";
    private static final String VERSION = "<Version><Key>k</Key><VersionId>%s</VersionId><IsLatest>%s</IsLatest>"
            + "<Size>7</Size><LastModified>2026-11-24T02:00:0%dZ</LastModified></Version>";
    private static final String MARKER = "<DeleteMarker><Key>k</Key><VersionId>m</VersionId><IsLatest>true</IsLatest>"
            + "<LastModified>2026-11-24T02:00:02Z</LastModified></DeleteMarker>";

    @Test
    void t50_of_each_key_the_oldest_comes_first_and_what_is_shown_last() {
        String versions = MARKER + VERSION.formatted("b", "false", 2) + VERSION.formatted("a", "false", 1);
        try (FakeS3 server = server("<Status>Enabled</Status>", list(versions));
                S3Store store = server.store()) {
            assertThat(store.versions("k"))
                    .containsExactly(
                            new ObjectVersion("k", "a", 7, false),
                            new ObjectVersion("k", "b", 7, false),
                            new ObjectVersion("k", "m", 0, true));
        }
    }

    @Test
    void t50_a_bucket_that_keeps_none_has_none() {
        try (FakeS3 server = server("", refused(403));
                S3Store store = server.store()) {
            assertThat(store.versions("k")).isEmpty();
        }
    }

    @Test
    void t50_a_bucket_that_does_not_say_whether_it_keeps_versions_is_taken_at_their_ids() {
        try (FakeS3 server = new FakeS3(
                        call -> asksForVersions(call) ? list(VERSION.formatted("null", "true", 1)) : refused(403));
                S3Store store = server.store()) {
            assertThat(store.versions("k")).isEmpty();
        }
        try (FakeS3 server = new FakeS3(
                        call -> asksForVersions(call) ? list(VERSION.formatted("a", "true", 1)) : refused(403));
                S3Store store = server.store()) {
            assertThat(store.versions("k")).hasSize(1);
        }
    }

    @Test
    void t50_a_server_that_knows_no_versions_has_none_and_who_may_not_see_them_is_told() {
        try (FakeS3 server = new FakeS3(call -> refused(501));
                S3Store store = server.store()) {
            assertThat(store.versions("k")).isEmpty();
        }
        try (FakeS3 server = new FakeS3(call -> refused(403));
                S3Store store = server.store()) {
            assertThatThrownBy(() -> store.versions("k"))
                    .isInstanceOf(Failed.class)
                    .hasMessageContaining("cannot list the versions of k");
        }
    }

    @Test
    void t50_who_may_only_read_sees_by_the_object_that_it_is_a_version() {
        Answer version = new Answer(200, "", Map.of("ETag", "\"none\"", "x-amz-version-id", "null"));
        try (FakeS3 server = new FakeS3(call -> call.method().equals("HEAD") ? version : refused(403));
                S3Store store = server.store()) {
            assertThat(store.isVersion("k")).isTrue();
        }
        try (FakeS3 server = new FakeS3(call -> Answer.ok());
                S3Store store = server.store()) {
            assertThat(store.isVersion("k")).isFalse();
        }
    }

    private static FakeS3 server(String versioning, Answer versions) {
        Answer configuration = answer("<VersioningConfiguration>" + versioning + "</VersioningConfiguration>");
        Function<Request, Answer> answers = call -> asksForVersions(call) ? versions : configuration;
        return new FakeS3(answers);
    }

    private static boolean asksForVersions(Request call) {
        return call.query().matches("(.*&)?versions(=?)(&.*)?");
    }

    private static Answer list(String versions) {
        return answer(LIST.formatted(versions));
    }

    private static Answer answer(String body) {
        return new Answer(200, "", Map.of("Content-Type", "application/xml"), body);
    }

    private static Answer refused(int status) {
        return new Answer(status, status == 403 ? "AccessDenied" : "NotImplemented", Map.of());
    }
}
