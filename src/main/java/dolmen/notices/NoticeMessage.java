package dolmen.notices;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.model.Json;
import dolmen.model.Notice;
import dolmen.settings.NoticeTemplate;
import dolmen.settings.NotifySettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A notice as it is sent: a text with a subject (for mail), or JSON without a subject (for a webhook). */
public record NoticeMessage(Optional<String> subject, String contentType, String body) {
    /** The words of the settings' templates. */
    public static NoticeMessage text(Notice notice, NotifySettings settings) {
        return new NoticeMessage(
                Optional.of(settings.subject().line(notice)),
                "text/plain; charset=UTF-8",
                settings.template().plain(notice));
    }

    /** The JSON of the settings' template; without one, an object with all values. */
    public static NoticeMessage json(Notice notice, Optional<NoticeTemplate> template) {
        return new NoticeMessage(
                Optional.empty(),
                "application/json",
                template.map(words -> words.json(notice)).orElseGet(() -> json(notice)));
    }

    private static String json(Notice notice) {
        Map<String, String> ordered = new LinkedHashMap<>();
        Notice.NAMES.forEach(name -> ordered.put(name, notice.value(name)));
        try {
            return Json.MAPPER.writeValueAsString(ordered);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write a notice as JSON", impossible);
        }
    }
}
