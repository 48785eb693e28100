package shared;

import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Unavailable;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Turns what Camel's clients throw at a login or while they send into failures that a person can act on. */
final class CopyFailures {
    /** Messages by which clients tell that a connection broke, where they have no exception of their own for it. */
    private static final Pattern CONNECTION_LOST = Pattern.compile("session is down|closed by foreign host"
            + "|connection (is |was )?(closed|lost|reset|refused)|(input|output)stream is closed|pipe closed"
            + "|broken pipe|not established|channel is (not opened|down)|timed? ?out|end of io stream");

    private static final Pattern LOGIN_REFUSED = Pattern.compile(
            "auth (fail|cancel)|authenticat|not logged in|login (failed|incorrect)|\\b(401|403|530)\\b");
    private static final Pattern UNKNOWN_HOST_KEY = Pattern.compile("hostkey|host key");

    private final NamedEndpoint endpoint;

    CopyFailures(NamedEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Why this file was not sent. */
    StepFailure of(String name, Throwable thrown) {
        if (thrown instanceof StepFailure known) {
            return known;
        }
        return of(
                "cannot send " + name + " to " + endpoint.place() + ": ",
                thrown,
                " What was sent is not lost: repeat it.");
    }

    /** Why the login failed. */
    StepFailure ofLogin(Throwable thrown) {
        return of("cannot log in to " + endpoint.place() + ": ", thrown, "");
    }

    private StepFailure of(String begin, Throwable thrown, String repeat) {
        String what = begin + endpoint.said(thrown);
        String text = NamedEndpoint.last(thrown).toString().toLowerCase(Locale.ROOT);
        if (NamedEndpoint.chain(thrown).anyMatch(CopyFailures::isConnectionLost)
                || CONNECTION_LOST.matcher(text).find()) {
            return new Unavailable(what, "Is the place of dolmen.copy.to reachable from here?" + repeat);
        }
        if (UNKNOWN_HOST_KEY.matcher(text).find()) {
            return new Failed(
                    what,
                    "Compare the fingerprint of the host's key, and add the key (ssh-keyscan) to ~/.ssh/known_hosts"
                            + " or to the file that knownHostsFile= names.");
        }
        if (LOGIN_REFUSED.matcher(text).find()) {
            return new Failed(what, "Check the user, and the password or key, in dolmen.copy.to.");
        }
        return new Failed(
                what,
                "Check that the folder of dolmen.copy.to exists, can be written to and has room, and its options.");
    }

    private static boolean isConnectionLost(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof InterruptedIOException
                || cause instanceof UnknownHostException
                || cause instanceof EOFException
                || cause instanceof TimeoutException;
    }
}
