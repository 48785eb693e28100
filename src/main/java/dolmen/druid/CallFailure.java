package dolmen.druid;

import dolmen.model.StepFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Turns what the network threw into a failure that names the server and says what to do. */
public final class CallFailure {
    private CallFailure() {}

    public static StepFailure of(DruidRequest request, IOException failure) {
        String server = request.server();
        if (failure instanceof SSLPeerUnverifiedException || isAboutTheName(failure)) {
            return new StepFailure.Failed(
                    "the certificate of " + server + " is for another host name",
                    "Use the host name of the certificate in dolmen.druid.url, or give the server one for this name.",
                    failure);
        }
        if (failure instanceof SSLHandshakeException) {
            return new StepFailure.Failed(
                    "the certificate of " + server + " is not trusted: " + failure.getMessage(),
                    "Set dolmen.druid.ca-file to the PEM file of the authority that signed it.",
                    failure);
        }
        return new StepFailure.Unavailable(unreachable(server, failure), hint(failure), failure);
    }

    private static boolean isAboutTheName(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof CertificateException
                    && (message.startsWith("No subject alternative") || message.startsWith("No name matching"))) {
                return true;
            }
        }
        return false;
    }

    private static String unreachable(String server, IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "the host name in " + server + " is not known here";
        }
        if (failure instanceof InterruptedIOException) {
            return "druid at " + server + " did not answer in time";
        }
        if (failure instanceof ConnectException) {
            return "druid at " + server + " takes no connections";
        }
        return "the connection to druid at " + server + " broke: " + failure.getMessage();
    }

    private static String hint(IOException failure) {
        if (failure instanceof UnknownHostException) {
            return "Set dolmen.druid.url to an address of the router or coordinator that this machine can resolve.";
        }
        if (failure instanceof InterruptedIOException) {
            return "Look at the load of the stack, or raise dolmen.druid.call-limit.";
        }
        return "Look whether Druid's router or coordinator runs and whether dolmen.druid.url is its address.";
    }
}
