package dolmen.model;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine, for messages and records. */
public final class HostName {
    private HostName() {}

    /** The host name, or "a host without a name". */
    public static String here() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "a host without a name";
        }
    }
}
