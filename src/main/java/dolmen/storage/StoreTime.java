package dolmen.storage;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads the time of a store's clock, to the second, from its answers. */
final class StoreTime {
    private StoreTime() {}

    /** Empty where the answer has no time, or one that is not written as HTTP asks for. */
    static Optional<Instant> of(SdkHttpResponse answer) {
        return Optional.ofNullable(answer)
                .flatMap(known -> known.firstMatchingHeader("Date"))
                .flatMap(StoreTime::read);
    }

    /** By what a refusal says. */
    static Optional<Instant> of(S3Exception refused) {
        return Optional.ofNullable(refused.awsErrorDetails()).flatMap(details -> of(details.sdkHttpResponse()));
    }

    private static Optional<Instant> read(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
