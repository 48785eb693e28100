package shared;

import dolmen.model.StepFailure.Unusable;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultEndpoint;

/**
 * A Camel endpoint whose URI a setting has. Makes the endpoint, and repeats what its client says without the secrets of the URI.
 *
 * @param key the key of the setting
 * @param scheme the name of the Camel component
 * @param place how messages name the endpoint
 * @param hidden what messages may not show
 */
public record NamedEndpoint(String key, String scheme, String place, HiddenTexts hidden) {
    /**
     * Makes the endpoint, and connects to nothing yet. Throws {@link Unusable} when its component is not there or does not
     * understand the URI.
     */
    public Endpoint make(CamelContext context, String uri) {
        try {
            requireComponent(context);
            Endpoint endpoint = context.getEndpoint(uri);
            if (endpoint instanceof DefaultEndpoint any) {
                any.setLazyStartProducer(true);
            }
            return endpoint;
        } catch (Unusable absent) {
            throw absent;
        } catch (RuntimeException refused) {
            throw new Unusable(
                    key + " (" + place + ") is not understood: " + said(refused),
                    "Write it as the documentation of the Camel component '" + scheme + "' says.");
        }
    }

    private void requireComponent(CamelContext context) {
        if (context.getComponent(scheme) == null) {
            throw new Unusable(
                    key + " names '" + scheme + "', and there is no such Camel component",
                    "Put camel-" + scheme + "-" + context.getVersion()
                            + ".jar, with the jars that it needs, into lib/.");
        }
    }

    /** The failure and its causes, 20 at most. */
    public static Stream<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }

    /** The last cause, which says most. */
    public static Throwable last(Throwable thrown) {
        return chain(thrown).reduce(thrown, (before, cause) -> cause);
    }

    /** The class and the message of the last cause, without secrets. */
    public String said(Throwable thrown) {
        Throwable last = last(thrown);
        return last.getClass().getSimpleName() + ": " + hidden.cleaned(String.valueOf(last.getMessage()));
    }
}
