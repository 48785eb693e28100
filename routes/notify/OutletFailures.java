package notify;

import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.NoticeAddress;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.camel.http.base.HttpOperationFailedException;
import shared.HiddenTexts;

/** Turns what an endpoint throws into failures that a person can act on and that hold nothing of its URI. */
final class OutletFailures {
    private static final Pattern NOT_LET_IN = Pattern.compile("(?i)authenticat|\\b(401|403|407|530|535)\\b");

    /** How a mail server says that it may take the message later. */
    private static final Pattern LATER = Pattern.compile("^4\\d\\d[ -]");

    private final NoticeAddress address;
    private final HiddenTexts hidden;

    OutletFailures(NoticeAddress address) {
        String uri = address.uri().reveal();
        this.address = address;
        this.hidden = address.isHttp() ? HiddenTexts.withPath(uri) : new HiddenTexts(uri);
    }

    Unusable notUnderstood(Throwable refused) {
        return new Unusable(
                address.key() + " (" + address.place() + ") is not understood: " + said(refused),
                "Write it as the documentation of the Camel component '" + address.scheme() + "' says.");
    }

    /** What kept a message from being sent. */
    StepFailure of(Throwable thrown) {
        String what = "could not tell " + address.place() + ": " + said(thrown);
        if (chain(thrown).anyMatch(OutletFailures::mayPass)) {
            return new Unavailable(what, "Is the place of " + address.key() + " reachable from here?");
        }
        return NOT_LET_IN.matcher(what).find()
                ? new Failed(what, "Check the user, and the password or token, in " + address.key() + ".")
                : new Failed(what, "Check " + address.key() + " and its options; try it by `dolmen notify-test`.");
    }

    private static boolean mayPass(Throwable cause) {
        if (cause instanceof HttpOperationFailedException answer) {
            return answer.getStatusCode() >= 500 || Set.of(408, 425, 429).contains(answer.getStatusCode());
        }
        return cause instanceof IOException && !(cause instanceof SSLException)
                || LATER.matcher(String.valueOf(cause.getMessage())).find();
    }

    private static Stream<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    private String said(Throwable thrown) {
        Throwable last = chain(thrown).reduce(thrown, (before, cause) -> cause);
        return last.getClass().getSimpleName() + ": " + hidden.cleaned(String.valueOf(last.getMessage()));
    }
}
