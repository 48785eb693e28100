package dolmen.druid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dolmen.model.Json;
import dolmen.model.SegmentEntry;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Foretells which used segments the coordinator will not keep loaded, by the stored load and drop rules: of a
 * datasource's rules and then the default ones, the first that fits a segment decides.
 *
 * @see <a href="https://druid.apache.org/docs/25.0.0/operations/rule-configuration.html">Druid: retention rules</a>
 */
public final class RuleForecast {
    private static final String NO_RULE = "no rule fits";

    private final Map<String, List<Rule>> rules = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, Long>> lost = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private final OffsetDateTime now;

    /** {@code stored} is the JSON list of rules of each datasource, the default ones under {@link LoadRule#DEFAULT}. */
    public RuleForecast(Map<String, String> stored, Instant now) {
        this.now = now.atOffset(ZoneOffset.UTC);
        new TreeMap<>(stored).forEach(this::parse);
    }

    /** By the rules that hold now; they are asked for once, when they are wanted first. */
    static Supplier<RuleForecast> live(DruidApi api) {
        return new Supplier<>() {
            private RuleForecast forecast;

            @Override
            public RuleForecast get() {
                if (forecast == null) {
                    forecast =
                            new RuleForecast(api.ruleTexts(), Clock.systemUTC().instant());
                }
                return forecast;
            }
        };
    }

    private void parse(String datasource, String json) {
        try {
            List<Rule> list = new ArrayList<>();
            for (JsonNode rule : Json.MAPPER.readTree(json)) {
                list.add(rule(rule));
            }
            rules.put(datasource, list);
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException unreadable) {
            notes.add("the load rules of " + datasource + " cannot be read");
        }
    }

    /** Takes in one used segment. */
    public void add(SegmentEntry segment) {
        List<Rule> chain = chain(segment.datasource());
        if (chain.isEmpty()) {
            return;
        }
        Optional<Span> known = Span.read(segment.interval());
        if (known.isEmpty()) {
            count(segment.datasource(), "their intervals cannot be read");
            return;
        }
        Span interval = known.get();
        for (Rule rule : chain) {
            if (rule.fits(interval)) {
                if (rule.shape().drops()) {
                    count(segment.datasource(), rule.shape().words());
                }
                return;
            }
        }
        count(segment.datasource(), NO_RULE);
    }

    /** Whether a rule that drops segments is among those of this datasource. */
    boolean mayDrop(String datasource) {
        return chain(datasource).stream().anyMatch(rule -> rule.shape().drops());
    }

    /** Whether the first rule that fits a segment of this interval drops it, so that the coordinator marks it as unused. */
    boolean drops(String datasource, Span interval) {
        return chain(datasource).stream()
                .filter(rule -> rule.fits(interval))
                .findFirst()
                .filter(rule -> rule.shape().drops())
                .isPresent();
    }

    private List<Rule> chain(String datasource) {
        List<Rule> chain = new ArrayList<>(rules.getOrDefault(datasource, List.of()));
        chain.addAll(rules.getOrDefault(LoadRule.DEFAULT, List.of()));
        return chain;
    }

    private void count(String datasource, String words) {
        lost.computeIfAbsent(datasource, name -> new TreeMap<>()).merge(words, 1L, Long::sum);
    }

    /** A line for each rule that throws segments away, and for rules that cannot be read; empty when all are kept. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(notes);
        lost.forEach((datasource, words) -> words.forEach(
                (rule, count) -> lines.add(count + " restored segments of " + datasource + " are not kept: " + rule)));
        return lines;
    }

    private Rule rule(JsonNode json) {
        String type = json.path("type").asText();
        String text = json.path("period").asText(json.path("interval").asText(""));
        LoadRule shape = new LoadRule(type, text, new TreeMap<>());
        boolean future = json.path("includeFuture").asBoolean(true);
        if (type.endsWith("Forever")) {
            return new Rule(shape, Fit.ALWAYS, new Span(Instant.MIN, Instant.MAX));
        }
        if (type.endsWith("ByInterval")) {
            return new Rule(shape, shape.drops() ? Fit.INSIDE : Fit.OVERLAPS, Span.of(text));
        }
        if (type.endsWith("BeforeByPeriod")) {
            return new Rule(shape, Fit.INSIDE, new Span(Instant.MIN, ago(text)));
        }
        if (type.endsWith("ByPeriod")) {
            Instant end = future ? Instant.MAX : now.toInstant();
            return new Rule(shape, shape.drops() ? Fit.INSIDE : Fit.OVERLAPS, new Span(ago(text), end));
        }
        throw new IllegalArgumentException("not a rule of Druid 25: " + type);
    }

    private Instant ago(String period) {
        int time = period.indexOf('T');
        String days = time < 0 ? period : period.substring(0, time);
        OffsetDateTime begin = days.equals("P") ? now : now.minus(Period.parse(days));
        return (time < 0 ? begin : begin.minus(Duration.parse("P" + period.substring(time)))).toInstant();
    }

    private enum Fit {
        ALWAYS,
        OVERLAPS,
        INSIDE
    }

    private record Rule(LoadRule shape, Fit fit, Span span) {
        boolean fits(Span segment) {
            return switch (fit) {
                case ALWAYS -> true;
                case OVERLAPS ->
                    segment.begin().isBefore(span.end()) && segment.end().isAfter(span.begin());
                case INSIDE ->
                    !segment.begin().isBefore(span.begin()) && !segment.end().isAfter(span.end());
            };
        }
    }
}
