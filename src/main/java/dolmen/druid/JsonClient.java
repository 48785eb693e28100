package dolmen.druid;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Json;
import dolmen.model.StepFailure;
import dolmen.settings.DruidSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Calls below one address, and the checks that every answer must pass before anybody believes it. */
final class JsonClient {
    private static final int LARGEST_ANSWER = 64 << 20;
    private static final int SHOWN = 80;
    private static final String ADDRESS_HINT =
            "Set dolmen.druid.url to the router (druid.router.managementProxy.enabled=true) or to the coordinator.";

    private final DruidCall call;
    private final DruidSettings settings;
    private final boolean afterRestore;

    JsonClient(DruidCall call, DruidSettings settings, boolean afterRestore) {
        requireUsable(settings.url());
        this.call = new LeaderCall(call, settings.url());
        this.settings = settings;
        this.afterRestore = afterRestore;
    }

    private static void requireUsable(URI url) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getRawQuery() != null) {
            throw new StepFailure.Unusable(
                    "dolmen.druid.url must be http:// or https:// and a host name without '_', then a port and a path",
                    "User and password have their own settings, dolmen.druid.user and dolmen.druid.password.");
        }
    }

    /** An address below the base; a path of the base itself is kept. */
    static URI resolve(URI base, String path) {
        String root = base.toString();
        return URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + path);
    }

    /** The address that a text holds, with or without quotation marks. */
    static Optional<URI> address(String text) {
        String bare = text.strip().replace("\"", "");
        try {
            return bare.isEmpty() ? Optional.empty() : Optional.of(URI.create(bare));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    <T> T send(DruidRequest request, DruidCall.Reader<T> reader) {
        return call.send(request, reader);
    }

    DruidRequest get(String path) {
        return DruidRequest.get(resolve(settings.url(), path));
    }

    DruidRequest post(String path, String body) {
        return DruidRequest.post(resolve(settings.url(), path), body);
    }

    /** The whole JSON answer of a call that must succeed. */
    JsonNode json(DruidRequest request) {
        return send(request, reply -> {
            check(request, reply);
            return tree(request, reply);
        });
    }

    /** An answer that must be a list. */
    JsonNode list(DruidRequest request) {
        JsonNode answer = json(request);
        if (!answer.isArray()) {
            throw unexpected(request, "a list", answer.toString());
        }
        return answer;
    }

    /** An answer that must be an object. */
    JsonNode object(DruidRequest request) {
        JsonNode answer = json(request);
        if (!answer.isObject()) {
            throw unexpected(request, "an object", answer.toString());
        }
        return answer;
    }

    JsonNode tree(DruidRequest request, DruidReply reply) throws IOException {
        return tree(request, reply.body().readNBytes(LARGEST_ANSWER));
    }

    JsonNode tree(DruidRequest request, byte[] body) throws IOException {
        try {
            JsonNode answer = Json.MAPPER.readTree(body);
            if (answer == null || answer.isMissingNode()) {
                throw unexpected(request, "JSON", "");
            }
            return answer;
        } catch (JsonProcessingException wrong) {
            throw unexpected(request, "JSON", new String(body, StandardCharsets.UTF_8));
        }
    }

    /** Streams a list that may be large: the consumer takes one element, the parser being at its first token. */
    void stream(DruidRequest request, Element element) {
        send(request, reply -> {
            if (reply.status() == 204) {
                return null;
            }
            check(request, reply);
            try (JsonParser parser = Json.MAPPER.createParser(reply.body())) {
                elements(request, parser, element);
            } catch (JsonProcessingException cut) {
                throw new StepFailure.Unavailable(
                        "the answer to " + request.what() + " ends early or is no JSON: " + cut.getOriginalMessage(),
                        "Look at the log of the router or the coordinator.",
                        cut);
            }
            return null;
        });
    }

    private static void elements(DruidRequest request, JsonParser parser, Element element) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw unexpected(request, "a list", parser.hasCurrentToken() ? parser.getText() : "");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.take(parser);
        }
    }

    /**
     * Throws unless the reply has status 200 and no page of HTML. A router answers 400 to calls that it would pass on to
     * a coordinator or an overlord as long as it knows none that leads.
     */
    void check(DruidRequest request, DruidReply reply) throws IOException {
        int status = reply.status();
        if (status == 401 || status == 403) {
            throw notAuthorised(request, status);
        }
        if (status == 400 && request.isManagement()) {
            throw new StepFailure.Unavailable(
                    "druid answers 400 to " + request.what() + ": the router knows no leader",
                    "Look whether the coordinator and the overlord run.");
        }
        if (status >= 500 || status == 408 || status == 429) {
            throw new StepFailure.Unavailable(
                    "druid answers " + status + " to " + request.what(),
                    "Look at the logs of the router, the coordinator and the broker.");
        }
        if (status != 200) {
            throw new StepFailure.Failed("druid answers " + status + " to " + request.what(), ADDRESS_HINT);
        }
        String type = reply.contentType().orElse("").toLowerCase(Locale.ROOT);
        if (type.contains("html")) {
            byte[] start = reply.body().readNBytes(SHOWN);
            throw unexpected(request, "JSON", new String(start, StandardCharsets.UTF_8));
        }
    }

    static StepFailure unexpected(DruidRequest request, String wanted, String came) {
        String shown = came.length() > SHOWN ? came.substring(0, SHOWN) + "..." : came;
        String text = shown.isBlank()
                ? "nothing"
                : "'" + shown.replaceAll("\\s+", " ").strip() + "'";
        return new StepFailure.Failed(
                "the answer to " + request.what() + " should be " + wanted + " but is " + text, ADDRESS_HINT);
    }

    private StepFailure notAuthorised(DruidRequest request, int status) {
        String who = settings.user().map(user -> "user '" + user + "'").orElse("a call without a user");
        String hint = "Set dolmen.druid.user and dolmen.druid.password to a user who may read.";
        if (afterRestore) {
            hint = "A restore brings back the users and passwords of the time of the backup: set"
                    + " dolmen.druid.user and dolmen.druid.password to those, and restore again.";
        }
        return new StepFailure.Failed(
                "druid does not authorise " + who + " (" + status + ") for " + request.what(),
                hint,
                new NotAuthorised(status));
    }

    /** Takes one element of a list from the parser and leaves it at the element's last token. */
    @FunctionalInterface
    interface Element {
        void take(JsonParser parser) throws IOException;
    }
}
