package dolmen.druid;

import java.io.IOException;

/**
 * Sends a request to Druid with the credentials and the authorities of the settings. Follows no redirection and tries
 * nothing twice; whatever status comes is a reply.
 */
public interface DruidCall {
    /**
     * Sends, and hands the reply to the reader while the connection is open: a body of any size streams with flat
     * memory. The connection is given up when the reader returns or throws.
     *
     * @throws dolmen.model.StepFailure.Unavailable when nobody answers in time or the connection breaks
     * @throws dolmen.model.StepFailure.Failed when the certificate is not trusted
     */
    <T> T send(DruidRequest request, Reader<T> reader);

    /** Makes something of a reply; an {@code IOException} is a connection that broke. */
    @FunctionalInterface
    interface Reader<T> {
        T read(DruidReply reply) throws IOException;
    }
}
