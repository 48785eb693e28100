package notices;

import dolmen.settings.NoticeAddress;

/** The URI of an endpoint of notices, with limits where it names none. */
final class NoticeUri {
    /** In place of the limits of Camel's components, which are minutes or none. */
    private static final int LIMIT_MILLIS = 10_000;

    private NoticeUri() {}

    static String limited(NoticeAddress address) {
        String uri = address.uri().reveal();
        if (address.isHttp()) {
            for (String option : new String[] {"connectTimeout", "connectionRequestTimeout", "responseTimeout"}) {
                uri = with(uri, option);
            }
        } else if (address.scheme().startsWith("smtp")) {
            uri = with(with(uri, "connectionTimeout"), "mail." + address.scheme() + ".writetimeout");
        }
        return uri;
    }

    private static String with(String uri, String option) {
        return uri.contains(option + "=") ? uri : uri + (uri.contains("?") ? "&" : "?") + option + "=" + LIMIT_MILLIS;
    }
}
