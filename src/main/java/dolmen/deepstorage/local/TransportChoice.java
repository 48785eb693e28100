package dolmen.deepstorage.local;

import dolmen.model.StepFailure;
import dolmen.model.Transport;
import dolmen.settings.SegmentsSettings;
import dolmen.stack.Host;
import dolmen.stack.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the transport: the one that the settings name, or the fastest that works. Each has a probe, which gives the reason why it
 * does not work; empty when it does. A probe is run only after those of all faster transports have failed.
 */
final class TransportChoice {
    private static final Logger LOG = LoggerFactory.getLogger(TransportChoice.class);

    private final Map<Transport, Supplier<Optional<String>>> probes = new EnumMap<>(Transport.class);

    TransportChoice with(Transport transport, Supplier<Optional<String>> probe) {
        probes.put(transport, probe);
        return this;
    }

    /** Throws {@code Refused} when the transport that the settings name does not work, or none does. */
    Transport choose(SegmentsSettings settings) {
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<Transport, Supplier<Optional<String>>> each : probes.entrySet()) {
            Transport transport = each.getKey();
            if (settings.transport().isPresent() && settings.transport().get() != transport) {
                continue;
            }
            Optional<String> reason = each.getValue().get();
            if (reason.isEmpty()) {
                LOG.info("took the transport {} to {} of {}", transport.word(), settings.path(), settings.service());
                return transport;
            }
            reasons.add(transport.word() + ": " + reason.get());
        }
        throw new StepFailure.Refused(
                "no transport reaches " + settings.path() + " of " + settings.service() + " ("
                        + String.join("; ", reasons) + ")",
                settings.transport().isPresent()
                        ? "Leave dolmen.segments.transport empty, or make that transport work."
                        : "Check dolmen.segments.service and dolmen.segments.path.");
    }

    /** Runs a script beside the service that succeeds only where the transport works. */
    static Optional<String> probe(Host host, String service, String script, Path folder) {
        try {
            Outcome outcome = host.runBeside(service, script, Optional.of(folder));
            return outcome.succeeded()
                    ? Optional.empty()
                    : Optional.of(folder + " does not lie on the engine's machine, or the image of " + service
                            + " lacks what is needed" + said(outcome));
        } catch (StepFailure.Failed refused) {
            return Optional.of(refused.getMessage());
        }
    }

    /** What the program wrote, for a message. */
    static String said(Outcome outcome) {
        String text = outcome.stderr().strip();
        return text.isEmpty() ? "" : ": " + text.substring(Math.max(0, text.length() - 500));
    }
}
