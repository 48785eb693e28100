package dolmen.app;

import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** Camel's Main on a context that exists before the routes do, so that their collaborators can be made with it. */
final class ContextMain extends Main {
    private final CamelContext context;

    public ContextMain(CamelContext context) {
        this.context = context;
    }

    @Override
    protected CamelContext createCamelContext() {
        return context;
    }
}
