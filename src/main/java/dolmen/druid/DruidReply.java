package dolmen.druid;

import java.io.InputStream;
import java.util.Optional;

/**
 * Druid's answer to one call: status, content type, the address of a redirection, and the body as it comes in. The
 * body can be read only until the reader of {@link DruidCall#send} returns; it is empty, never null.
 */
public record DruidReply(int status, Optional<String> contentType, Optional<String> location, InputStream body) {}
