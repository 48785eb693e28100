package dolmen.storage;

import dolmen.model.StepFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Turns what the AWS SDK throws into failures that a person can act on. */
final class StoreFailures {
    private static final String FULL = "QuotaExceeded";
    private static final Set<String> SKEWED = Set.of("RequestTimeTooSkewed", "RequestExpired");
    /** S3 refuses requests whose time is 15 minutes off. One minute less, since the answer is a little later and its time has no fractions. */
    private static final Duration REFUSED_FROM = Duration.ofMinutes(14);

    private static final int FORBIDDEN = 403;
    private static final int OVERLOADED = 429;
    private static final int TIMEOUT = 408;

    private final String bucket;
    private final Clock clock = Clock.systemUTC();

    StoreFailures(String bucket) {
        this.bucket = bucket;
    }

    /** Makes the call; a failure says "cannot WHAT in bucket ...". */
    <T> T call(String what, Supplier<T> action) {
        try {
            return action.get();
        } catch (NoSuchKeyException absent) {
            throw new StepFailure.NothingToRestore(
                    "cannot " + what + ": there is no such object in " + bucket,
                    "`dolmen list --remote` shows the backups.");
        } catch (S3Exception refused) {
            throw refused(what, refused);
        } catch (SdkClientException broken) {
            throw unavailable(what, broken.getMessage(), broken);
        }
    }

    private StepFailure refused(String what, S3Exception refused) {
        int status = refused.statusCode();
        String code = refused.awsErrorDetails() == null
                ? ""
                : refused.awsErrorDetails().errorCode();
        String said = "status " + status + (code == null || code.isEmpty() ? "" : ", " + code);
        if (status >= 500 || status == OVERLOADED || status == TIMEOUT) {
            return unavailable(what, said, refused);
        }
        if (isSkewed(status, code == null ? "" : code, refused)) {
            return new StepFailure.Failed(
                    "cannot " + what + " in bucket " + bucket + ": the clocks differ, this machine says "
                            + clock.instant() + ", the store "
                            + StoreTime.of(refused).map(Instant::toString).orElse("another time"),
                    "Set this machine's clock, by chrony or another NTP client, and repeat it.",
                    refused);
        }
        if (FULL.equals(code)) {
            return new StepFailure.Failed(
                    "cannot " + what + " in bucket " + bucket + ": " + said,
                    "The bucket is full: raise its quota, or make room with `dolmen prune --remote`.",
                    refused);
        }
        String hint = switch (status) {
            case 401, 403 ->
                "Check dolmen.storage.access-key and secret-key, what they are allowed to do, and the"
                        + " clock of this machine.";
            case 404 -> "Check dolmen.storage.bucket: a bucket is not made by Dolmen.";
            case 301, 307 -> "Check dolmen.storage.region and dolmen.storage.endpoint.";
            default -> "Check dolmen.storage.endpoint, region and path-style.";
        };
        return new StepFailure.Failed("cannot " + what + " in bucket " + bucket + ": " + said, hint, refused);
    }

    /** An answer to HEAD has no body that could name the reason; its time tells. */
    private boolean isSkewed(int status, String code, S3Exception refused) {
        return SKEWED.contains(code)
                || status == FORBIDDEN
                        && !code.matches("[A-Za-z]+")
                        && StoreTime.of(refused)
                                .filter(there -> Duration.between(there, clock.instant())
                                                .abs()
                                                .compareTo(REFUSED_FROM)
                                        >= 0)
                                .isPresent();
    }

    private StepFailure unavailable(String what, String said, Exception cause) {
        return new StepFailure.Unavailable(
                "cannot " + what + " in bucket " + bucket + ": " + said,
                "Is dolmen.storage.endpoint reachable from here? What was sent is not lost: repeat it.",
                cause);
    }
}
