package dolmen.model;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine, for people. */
public final class HostName {
    private HostName() {}

    /** The name, or words where it has none. */
    public static String here() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "a host without a name";
        }
    }
}
