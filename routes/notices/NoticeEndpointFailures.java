package notices;

import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.camel.http.base.HttpOperationFailedException;
import shared.NamedEndpoint;

/** Turns what kept a message from being sent into failures that a person can act on. */
final class NoticeEndpointFailures {
    private static final Pattern NOT_LET_IN = Pattern.compile("(?i)authenticat|\\b(401|403|407|530|535)\\b");

    /** How a mail server says that it may take the message later. */
    private static final Pattern LATER = Pattern.compile("^4\\d\\d[ -]");

    private final NamedEndpoint endpoint;

    NoticeEndpointFailures(NamedEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What kept a message from being sent. */
    StepFailure of(Throwable thrown) {
        String said = endpoint.said(thrown);
        String what = "could not tell " + endpoint.place() + ": " + said;
        if (NamedEndpoint.chain(thrown).anyMatch(NoticeEndpointFailures::mayPass)) {
            return new Unavailable(what, "Is the place of " + endpoint.key() + " reachable from here?");
        }
        return NOT_LET_IN.matcher(said).find()
                ? new Failed(what, "Check the user, and the password or token, in " + endpoint.key() + ".")
                : new Failed(what, "Check " + endpoint.key() + " and its options; try it by `dolmen notify-test`.");
    }

    private static boolean mayPass(Throwable cause) {
        if (cause instanceof HttpOperationFailedException answer) {
            return answer.getStatusCode() >= 500 || Set.of(408, 425, 429).contains(answer.getStatusCode());
        }
        return cause instanceof IOException && !(cause instanceof SSLException)
                || LATER.matcher(String.valueOf(cause.getMessage())).find();
    }
}
