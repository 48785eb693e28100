package dolmen.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.model.Json;
import java.util.Map;

/** An HTTP response: status, content type and body. */
public record PageResponse(int status, String type, byte[] body) {
    private static final String JSON = "application/json; charset=utf-8";

    /** A value as JSON. */
    public static PageResponse json(int status, Object value) {
        try {
            return new PageResponse(status, JSON, Json.MAPPER.writeValueAsBytes(value));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write an answer as JSON", impossible);
        }
    }

    /** A refusal or a failure as JSON: what happened, and what to do. */
    public static PageResponse refusal(int status, String message, String hint) {
        return json(status, Map.of("failure", message, "hint", hint));
    }
}
