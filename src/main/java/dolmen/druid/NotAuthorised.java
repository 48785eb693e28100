package dolmen.druid;

/** The cause of the failure when Druid answers 401 or 403: it tells such a failure from others that do not pass. */
final class NotAuthorised extends Exception {
    private static final long serialVersionUID = 1L;

    NotAuthorised(int status) {
        super("status " + status);
    }
}
