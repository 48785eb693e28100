package dolmen.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dolmen.doctor.Check.Seen;
import dolmen.settings.Settings;
import dolmen.settings.SettingsSource;
import dolmen.storage.FakeS3;
import dolmen.storage.FakeS3.Answer;
import dolmen.storage.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clock of the store beside this machine's. */
class BucketCheckTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"0,OK", "40,OK", "-40,OK", "70,WARNING", "-70,WARNING", "580,WARNING", "660,ERROR", "-660,ERROR"})
    void the_severity_goes_by_the_difference(long seconds, Severity severity) throws Exception {
        try (S3Server server = new S3Server(home.resolve("s3"))) {
            List<Seen> seen = look(server.endpoint(), Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds)));

            assertThat(seen).hasSize(2);
            assertThat(seen.get(0).severity()).isEqualTo(severity);
            assertThat(seen.get(0).what()).contains("clock");
            assertThat(seen.get(0).hint().contains("chrony")).isEqualTo(severity != Severity.OK);
            assertThat(seen.get(1).what()).contains("took, gave back and removed");
        }
    }

    @Test
    void a_store_that_refuses_for_the_clock_is_told_as_such_twice() throws Exception {
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(20));
        try (FakeS3 server =
                new FakeS3(request -> new Answer(403, "RequestTimeTooSkewed", Map.of("Date", date(ahead.instant()))))) {
            List<Seen> seen = look(server.endpoint(), Clock.systemUTC());

            assertThat(seen).hasSize(2).allMatch(each -> each.severity() == Severity.ERROR);
            assertThat(seen)
                    .allMatch(
                            each -> each.what().contains("clock") && each.hint().contains("clock"));
        }
    }

    @Test
    void a_store_whose_time_cannot_be_read_is_still_probed() throws Exception {
        try (FakeS3 server = new FakeS3(request -> new Answer(403, "AccessDenied", Map.of("Date", "now")))) {
            assertThat(look(server.endpoint(), Clock.systemUTC()))
                    .extracting(Seen::severity)
                    .containsExactly(Severity.INFO, Severity.ERROR);
        }
    }

    @Test
    void a_bucket_that_gives_nothing_back_and_removes_nothing_has_an_error_for_each() throws Exception {
        try (FakeS3 server = new FakeS3(
                request -> request.method().equals("PUT") ? Answer.ok() : new Answer(403, "AccessDenied", Map.of()))) {
            assertThat(look(server.endpoint(), Clock.systemUTC()))
                    .extracting(Seen::severity)
                    .containsExactly(Severity.INFO, Severity.ERROR, Severity.ERROR);
        }
    }

    @Test
    void a_store_that_does_not_answer_is_one_error() {
        assertThat(look(URI.create("http://127.0.0.1:9"), Clock.systemUTC()))
                .singleElement()
                .satisfies(seen -> assertThat(seen.severity()).isEqualTo(Severity.ERROR));
    }

    private static String date(Instant when) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(when.atZone(ZoneOffset.UTC));
    }

    private static List<Seen> look(URI endpoint, Clock clock) {
        Properties settings = new Properties();
        settings.put("dolmen.storage.bucket", S3Server.BUCKET);
        settings.put("dolmen.storage.endpoint", endpoint.toString());
        settings.put("dolmen.storage.path-style", "true");
        settings.put("dolmen.storage.access-key", S3Server.ACCESS_KEY);
        settings.put("dolmen.storage.secret-key", S3Server.SECRET_KEY);
        Settings read = Settings.from(new SettingsSource(settings, Map.of(), new Properties()));
        return new BucketCheck(
                        new Source(read, null, Optional.empty(), null, null, null, null, Optional.empty(), clock))
                .look();
    }
}
