package dolmen.metabase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Json;
import dolmen.model.MetabaseSaid;
import dolmen.model.StepFailure;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Asks Metabase itself, without a login, whether it has users: this tells whether it has opened the database that was restored.
 *
 * @see <a href="https://www.metabase.com/docs/latest/api/session">Metabase: API, session properties</a>
 */
public final class MetabaseApi {
    private final Optional<UnaryOperator<String>> get;

    /**
     * @param get gives the answer to a path below {@code dolmen.metabase.url}, and throws {@code Unavailable} where there is
     *     none; empty when that is not set
     */
    public MetabaseApi(Optional<UnaryOperator<String>> get) {
        this.get = get;
    }

    /** Whether it is known where to ask. */
    public boolean isKnown() {
        return get.isPresent();
    }

    /** What Metabase says now. Never throws: where nothing, or something else than Metabase, answers, the result says so. */
    public MetabaseSaid ask() {
        if (get.isEmpty()) {
            return MetabaseSaid.nothing("dolmen.metabase.url is not set");
        }
        try {
            String health = json("/api/health").path("status").asText("nothing");
            if (!health.equals("ok")) {
                return MetabaseSaid.nothing("it says '" + health + "' of its health");
            }
            JsonNode properties = json("/api/session/properties");
            JsonNode users = properties.path("has-user-setup");
            if (!users.isBoolean()) {
                return MetabaseSaid.nothing("its properties do not say whether it has users");
            }
            return new MetabaseSaid(
                    Optional.of(users.asBoolean()),
                    Optional.of(properties.path("version").path("tag").asText(""))
                            .filter(tag -> !tag.isEmpty()),
                    Optional.empty());
        } catch (StepFailure.Unavailable silent) {
            return MetabaseSaid.nothing(silent.getMessage());
        } catch (JsonProcessingException strange) {
            return MetabaseSaid.nothing("what answers there is no Metabase");
        }
    }

    private JsonNode json(String path) throws JsonProcessingException {
        return Json.MAPPER.readTree(get.orElseThrow().apply(path));
    }
}
