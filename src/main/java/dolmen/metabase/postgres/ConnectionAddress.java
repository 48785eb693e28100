package dolmen.metabase.postgres;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code MB_DB_CONNECTION_URI} says of a database of PostgreSQL, except for the password: the login stands before the host or
 * among the options. Java's {@code URI} reads neither a host with an underscore, as compose names have it, nor a password
 * with a character that is not encoded, and repeats the whole address in its message.
 */
record ConnectionAddress(
        Optional<String> user, Optional<String> host, Optional<Integer> port, Optional<String> database) {
    private static final Pattern FORM = Pattern.compile("(?:jdbc:)?postgres\\w*:"
            + "(?://(?:(?<login>[^@/?]*)@)?(?<host>\\[[^]]*]|[^:/?@,]*)(?::(?<port>\\d{1,5}))?(?:,[^/?@]*)?)?"
            + "/?(?<database>[^/?:@]*)(?:\\?(?<options>.*))?");
    private static final Pattern USER = Pattern.compile("(?:^|&)user=([^&]*)");

    /** Empty when it does not look like an address of PostgreSQL. */
    static Optional<ConnectionAddress> parse(String text) {
        Matcher found = FORM.matcher(text.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        Optional<String> login = part(found, "login").map(both -> both.split(":", 2)[0]);
        return Optional.of(new ConnectionAddress(
                login.filter(name -> !name.isEmpty())
                        .or(() -> part(found, "options").flatMap(ConnectionAddress::userIn))
                        .map(ConnectionAddress::decoded),
                part(found, "host"),
                part(found, "port").map(Integer::valueOf),
                part(found, "database").map(ConnectionAddress::decoded)));
    }

    private static Optional<String> part(Matcher found, String name) {
        return Optional.ofNullable(found.group(name)).filter(text -> !text.isEmpty());
    }

    private static Optional<String> userIn(String options) {
        Matcher user = USER.matcher(options);
        return user.find() ? Optional.of(user.group(1)).filter(name -> !name.isEmpty()) : Optional.empty();
    }

    /** As it is where a per cent sign begins no code. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return text;
        }
    }
}
