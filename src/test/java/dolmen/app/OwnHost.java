package dolmen.app;

import dolmen.settings.Settings;
import dolmen.stack.Host;
import org.apache.camel.CamelContext;

/** Lets tests of other packages have the stack's host as Dolmen itself has it, with its own mark. */
public final class OwnHost {
    private OwnHost() {}

    public static Host of(Settings settings, CamelContext context) {
        return StackAccess.host(settings, context);
    }
}
