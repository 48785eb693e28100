package dolmen.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dolmen.model.Json;
import dolmen.model.Notice;
import dolmen.model.StepFailure.Unusable;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A text with placeholders such as {@code ${dolmen.summary}}. Throws {@link Unusable} for one that is not known. */
public record NoticeTemplate(String key, String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");
    private static final String PREFIX = "dolmen.";

    public NoticeTemplate {
        Matcher found = PLACEHOLDER.matcher(text);
        while (found.find()) {
            String name = found.group(1);
            if (!name.startsWith(PREFIX) || !Notice.NAMES.contains(name.substring(PREFIX.length()))) {
                throw new Unusable(
                        key + " holds " + found.group() + ", which is no placeholder",
                        "Did you mean ${" + PREFIX + NearestWord.to(name.replace(PREFIX, ""), Notice.NAMES) + "}?");
            }
        }
    }

    /** A template of a JSON text, which must be JSON whatever its placeholders stand for. */
    static NoticeTemplate ofJson(String key, String text) {
        NoticeTemplate template = new NoticeTemplate(key, text);
        Notice sample = new Notice(Notice.NAMES.stream().collect(Collectors.toMap(name -> name, name -> "\"\\\n{")));
        try {
            Json.MAPPER.readTree(template.json(sample));
            return template;
        } catch (JsonProcessingException broken) {
            throw new Unusable(
                    key + " is no JSON at line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr(),
                    "Put placeholders into quotes: {\"text\": \"${dolmen.summary}\"}");
        }
    }

    /** The text with the values of the notice. */
    public String plain(Notice notice) {
        return filled(notice, value -> value);
    }

    /** The text with the values, in one line, as for a subject. */
    public String line(Notice notice) {
        return filled(notice, value -> value).replaceAll("\\s+", " ").strip();
    }

    /** The text with the values escaped, as JSON needs them between quotes. */
    public String json(Notice notice) {
        return filled(
                notice, value -> new String(JsonStringEncoder.getInstance().quoteAsString(value)));
    }

    private String filled(Notice notice, UnaryOperator<String> escape) {
        Map<String, String> values = notice.values();
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        escape.apply(values.get(found.group(1).substring(PREFIX.length())))));
    }
}
