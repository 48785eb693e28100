package dolmen.discovery;

import dolmen.settings.Settings;
import dolmen.stack.FoundContainer;
import dolmen.stack.FoundContainer.PublishedPort;
import java.util.Optional;
import java.util.function.Function;

/** Where Druid's API is on this machine: the router's published port, or the coordinator's where the router does not proxy its API. */
final class DruidPart {
    private static final String PROXY = "druid.router.managementProxy.enabled";
    private static final String AUTHENTICATORS = "druid.auth.authenticatorChain";

    private final FoundStack stack;
    private final Settings defaults;
    private final String engine;

    /** {@code engine} is the name of the engine's machine. */
    DruidPart(FoundStack stack, Settings defaults, String engine) {
        this.stack = stack;
        this.defaults = defaults;
        this.engine = engine;
    }

    void add(Function<FoundContainer, DruidProperties> properties, Draft draft) {
        Optional<Address> router =
                stack.first(Role.ROUTER).flatMap(found -> address(found, properties.apply(found), 8888, 9088));
        boolean proxy = stack.first(Role.ROUTER)
                .flatMap(found -> properties.apply(found).get(PROXY))
                .filter("true"::equals)
                .isPresent();
        Optional<Address> coordinator =
                stack.first(Role.COORDINATOR).flatMap(found -> address(found, properties.apply(found), 8081, 8281));
        Optional<Address> best =
                router.filter(found -> proxy).or(() -> coordinator).or(() -> router);
        if (router.isPresent() && !proxy) {
            draft.note("the router passes no calls on to the coordinator: set " + PROXY + "=true there to have rows"
                    + " compared too");
        }
        best.ifPresentOrElse(
                found -> draft.found(
                        "dolmen.druid.url", found.url(), defaults.druid().url().toString(), found.from()),
                () -> draft.advise(
                        "dolmen.druid.url",
                        "http://HOST:8888",
                        "neither router nor coordinator publishes its port; give an address that this machine reaches"));
        stack.first(Role.COORDINATOR)
                .map(properties)
                .flatMap(druid -> druid.get(AUTHENTICATORS))
                .filter(chain -> !chain.replaceAll("[\\s\"\\[\\]]", "").equals("allowAll"))
                .ifPresent(chain -> login(draft));
    }

    private static void login(Draft draft) {
        draft.advise("dolmen.druid.user", "admin", "Druid asks for a user; one that may read is enough");
        draft.advise("dolmen.druid.password-file", "/etc/dolmen/druid-password", "its password, in a file of its own");
    }

    private Optional<Address> address(FoundContainer container, DruidProperties druid, int plain, int encrypted) {
        int plainPort = port(druid, "druid.plaintextPort").orElse(plain);
        int tlsPort = port(druid, "druid.tlsPort").orElse(encrypted);
        return address("http", container, plainPort).or(() -> address("https", container, tlsPort));
    }

    /** A value that is no number is one that a start script replaces, and unknown here. */
    private static Optional<Integer> port(DruidProperties druid, String name) {
        return druid.get(name).filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
    }

    private Optional<Address> address(String scheme, FoundContainer container, int port) {
        return Optional.ofNullable(container.ports().get(port))
                .map(published -> new Address(
                        scheme + "://" + host(published) + ":" + published.port(),
                        "port " + port + " of " + container.name() + " is published there"));
    }

    private String host(PublishedPort published) {
        return published
                .address()
                .filter(address -> !address.contains(":"))
                .filter(address -> engine.equals("127.0.0.1") || !address.startsWith("127."))
                .orElse(engine);
    }

    private record Address(String url, String from) {}
}
