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

/** Turns what kept a file from being sent into failures that a person can act on. */
final class CopyFailures {
    /** Texts of clients that tell by no type of their own that a connection broke. */
    private static final Pattern BROKEN = Pattern.compile("session is down|closed by foreign host"
            + "|connection (is |was )?(closed|lost|reset|refused)|(input|output)stream is closed|pipe closed"
            + "|broken pipe|not established|channel is (not opened|down)|timed? ?out|end of io stream");

    private static final Pattern NOT_LET_IN = Pattern.compile(
            "auth (fail|cancel)|authenticat|not logged in|login (failed|incorrect)|\\b(401|403|530)\\b");
    private static final Pattern STRANGER = Pattern.compile("hostkey|host key");

    private final NamedEndpoint endpoint;

    CopyFailures(NamedEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What kept a file from being sent. */
    StepFailure of(String name, Throwable thrown) {
        if (thrown instanceof StepFailure known) {
            return known;
        }
        return of(
                "cannot send " + name + " to " + endpoint.place() + ": ",
                thrown,
                " What was sent is not lost: repeat it.");
    }

    /** What kept from a login. */
    StepFailure reaching(Throwable thrown) {
        return of("cannot log in to " + endpoint.place() + ": ", thrown, "");
    }

    private StepFailure of(String begin, Throwable thrown, String repeat) {
        String what = begin + endpoint.said(thrown);
        String text = NamedEndpoint.last(thrown).toString().toLowerCase(Locale.ROOT);
        if (NamedEndpoint.chain(thrown).anyMatch(CopyFailures::isBrokenLine)
                || BROKEN.matcher(text).find()) {
            return new Unavailable(what, "Is the place of dolmen.copy.to reachable from here?" + repeat);
        }
        if (STRANGER.matcher(text).find()) {
            return new Failed(
                    what,
                    "Compare the fingerprint of the host's key, and add the key (ssh-keyscan) to ~/.ssh/known_hosts"
                            + " or to the file that knownHostsFile= names.");
        }
        if (NOT_LET_IN.matcher(text).find()) {
            return new Failed(what, "Check the user, and the password or key, in dolmen.copy.to.");
        }
        return new Failed(
                what,
                "Check that the folder of dolmen.copy.to exists, can be written to and has room, and its options.");
    }

    private static boolean isBrokenLine(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof InterruptedIOException
                || cause instanceof UnknownHostException
                || cause instanceof EOFException
                || cause instanceof TimeoutException;
    }
}
