package dolmen.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dolmen.archive.Digests;
import dolmen.model.Meter;
import dolmen.model.StepFailure;
import dolmen.storage.FakeS3.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
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
                    .hasMessageContaining("the store 2026-11-26T00:00:00Z");
        }
    }

    /** An upload begins with HEAD, whose answer has no body and so names no reason. */
    @Test
    @Tag("UP-04")
    void an_upload_that_is_refused_for_the_clock_says_so_though_the_answer_names_no_reason() throws Exception {
        Path file = Files.writeString(folder.resolve("x"), "content");
        for (int minutes : List.of(-16, 16)) {
            try (FakeS3 server = new FakeS3(request -> new Answer(403, "", Map.of("Date", minutesFromNow(minutes))));
                    S3Store store = server.store()) {
                assertThatThrownBy(() -> store.put(file, Digests.artifact(file), "stack/x", Meter.NONE))
                        .isInstanceOfSatisfying(StepFailure.Failed.class, failure -> {
                            assertThat(failure).hasMessageContaining("the clocks differ, this machine says 20");
                            assertThat(failure.hint()).contains("clock", "NTP");
                        });
            }
        }
    }

    @Test
    @Tag("UP-04")
    void an_upload_whose_part_is_refused_for_the_clock_says_so() throws Exception {
        Path file = Files.writeString(folder.resolve("x"), "content");
        try (FakeS3 server = new FakeS3(request -> request.method().equals("HEAD")
                        ? new Answer(404, "", Map.of())
                        : new Answer(403, "RequestTimeTooSkewed", Map.of("Date", minutesFromNow(20))));
                S3Store store = server.store()) {
            assertThatThrownBy(() -> store.put(file, Digests.artifact(file), "stack/x", Meter.NONE))
                    .isInstanceOfSatisfying(StepFailure.Failed.class, failure -> {
                        assertThat(failure).hasMessageContaining("the clocks differ, this machine says 20");
                        assertThat(failure.hint()).contains("clock", "NTP");
                    });
        }
    }

    @Test
    void a_refusal_for_another_reason_is_not_laid_on_the_clock() throws Exception {
        for (Answer answer : List.of(
                new Answer(403, "", Map.of("Date", minutesFromNow(12))),
                new Answer(403, "", Map.of("Date", "yesterday")),
                new Answer(403, "InvalidAccessKeyId", Map.of("Date", minutesFromNow(60))))) {
            try (FakeS3 server = new FakeS3(request -> answer);
                    S3Store store = server.store()) {
                assertThatThrownBy(() -> find(store, answer))
                        .isInstanceOfSatisfying(StepFailure.Failed.class, failure -> {
                            assertThat(failure).hasMessageContaining("status 403");
                            assertThat(failure.hint()).contains("access-key");
                        });
            }
        }
    }

    @Test
    @Tag("T51")
    void t51_a_full_bucket_is_not_laid_on_keys_and_clock() throws Exception {
        Answer full = new Answer(403, "QuotaExceeded", Map.of("Date", minutesFromNow(0)));
        try (FakeS3 server = new FakeS3(request -> full);
                S3Store store = server.store()) {
            assertThatThrownBy(() -> store.put("stack/x", "{}"))
                    .isInstanceOfSatisfying(StepFailure.Failed.class, failure -> {
                        assertThat(failure).hasMessageContaining("QuotaExceeded");
                        assertThat(failure.hint())
                                .contains("quota", "prune --remote")
                                .doesNotContain("clock");
                    });
        }
    }

    @Test
    @Tag("T14")
    void t14_an_unfinished_upload_that_ended_since_it_was_listed_is_passed_over() throws Exception {
        Answer listing = new Answer(
                200,
                "",
                Map.of(),
                "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated><Upload><Key>stack/x</Key>"
                        + "<UploadId>ended</UploadId><Initiated>2026-01-01T00:00:00.000Z</Initiated></Upload>"
                        + "</ListMultipartUploadsResult>");
        List<String> ended = new CopyOnWriteArrayList<>();
        try (FakeS3 server = new FakeS3(request -> {
                    if (request.method().equals("DELETE")) {
                        ended.add(request.path());
                        return new Answer(404, "NoSuchUpload", Map.of());
                    }
                    return listing;
                });
                S3Store store = server.store()) {
            assertThat(store.abandon("stack/", Instant.now())).isZero();
        }
        assertThat(ended).hasSize(1);
    }

    private static void find(S3Store store, Answer answer) {
        if (answer.code().isEmpty()) {
            store.find("stack/x");
        } else {
            store.list("stack/");
        }
    }

    private static String minutesFromNow(int minutes) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(minutes));
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
            store.put(file, Digests.artifact(file), "stack/x", Meter.NONE);
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
            store.put(file, Digests.artifact(file), "stack/x", Meter.NONE);
            assertThat(server.requests)
                    .hasSize(1)
                    .noneMatch(request -> request.has("x-amz-trailer")
                            || request.has("x-amz-sdk-checksum-algorithm")
                            || request.headers().toString().contains("aws-chunked"));
        }
    }
}
