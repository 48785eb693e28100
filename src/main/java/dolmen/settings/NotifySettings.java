package dolmen.settings;

import dolmen.model.NoticeEvent;
import dolmen.model.Secret;
import dolmen.model.StepFailure.Unusable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The {@code dolmen.notify.*} block: who is notified, of which events, by which texts; and the addresses of a monitoring service that is
 * pinged after each backup, and that raises an alarm when no ping comes.
 */
public record NotifySettings(
        List<NoticeAddress> to,
        Set<NoticeEvent> on,
        NoticeTemplate subject,
        NoticeTemplate template,
        Optional<NoticeTemplate> json,
        Optional<NoticeAddress> ping,
        Optional<NoticeAddress> pingFailure) {
    private static final String BLOCK = "dolmen.notify.";
    private static final Set<NoticeEvent> CHOICES = EnumSet.complementOf(EnumSet.of(NoticeEvent.TEST));

    /** Separates two URIs: a line break, or a comma before a scheme, so that {@code to=one@example.org,other@example.org} stays whole. */
    private static final String SEPARATOR = "\\s*\\R\\s*|\\s*,\\s*(?=[a-z][a-z0-9+.-]*:)";

    public NotifySettings {
        to = List.copyOf(to);
        on = Set.copyOf(on);
        Stream.of(ping, pingFailure).flatMap(Optional::stream).forEach(address -> {
            if (!address.isHttp()) {
                throw new IllegalArgumentException(address.key() + " is no address such as https://hc-ping.com/...");
            }
        });
    }

    static NotifySettings from(SettingsSource source) {
        return new NotifySettings(
                to(source),
                on(source),
                new NoticeTemplate(
                        BLOCK + "subject", source.text(BLOCK + "subject", "Dolmen on ${dolmen.host}: ${dolmen.title}")),
                new NoticeTemplate(
                        BLOCK + "template",
                        source.content(BLOCK + "template")
                                .orElse("${dolmen.title} on ${dolmen.host}, ${dolmen.time}\n\n${dolmen.report}\n"
                                        + "last good backup: ${dolmen.last-good}\n")),
                source.content(BLOCK + "json").map(text -> NoticeTemplate.ofJson(BLOCK + "json", text)),
                address(source, BLOCK + "ping"),
                address(source, BLOCK + "ping-failure"));
    }

    /** The identities of all addresses. */
    public List<String> identities() {
        return Stream.of(to.stream(), ping.stream(), pingFailure.stream())
                .flatMap(addresses -> addresses)
                .map(NoticeAddress::identity)
                .toList();
    }

    private static List<NoticeAddress> to(SettingsSource source) {
        Set<String> keys = new TreeSet<>(Set.of(BLOCK + "to"));
        source.between(BLOCK + "to.", "").forEach(name -> keys.add(BLOCK + "to." + name.replaceFirst("-file$", "")));
        List<NoticeAddress> all = new ArrayList<>();
        for (String key : keys) {
            source.secret(key)
                    .ifPresent(uris -> Stream.of(uris.reveal().split(SEPARATOR))
                            .map(uri -> new NoticeAddress(key, new Secret(uri)))
                            .forEach(address -> all.add(address.after(all))));
        }
        return all;
    }

    private static Set<NoticeEvent> on(SettingsSource source) {
        Set<NoticeEvent> events = EnumSet.noneOf(NoticeEvent.class);
        for (String word : source.list(BLOCK + "on", "failure,recovery,stale")) {
            events.add(CHOICES.stream()
                    .filter(event -> event.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new Unusable(
                            BLOCK + "on names '" + word + "', which is not one of "
                                    + String.join(
                                            ", ",
                                            CHOICES.stream()
                                                    .map(NoticeEvent::word)
                                                    .toList()),
                            "Correct " + BLOCK + "on.")));
        }
        return events;
    }

    private static Optional<NoticeAddress> address(SettingsSource source, String key) {
        return source.secret(key).map(uri -> new NoticeAddress(key, uri));
    }
}
