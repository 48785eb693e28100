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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
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
    private final Map<String, List<Rule>> chains = new HashMap<>();
    private final SortedMap<String, SortedMap<String, Lost>> lost = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private final OffsetDateTime now;
    private final Optional<SortedSet<String>> tiers;

    /**
     * {@code stored} is the JSON list of rules of each datasource, the default ones under {@link LoadRule#DEFAULT};
     * {@code tiers} are those that have historicals, empty where that is not known.
     */
    public RuleForecast(Map<String, String> stored, Instant now, Optional<SortedSet<String>> tiers) {
        this.now = now.atOffset(ZoneOffset.UTC);
        this.tiers = tiers;
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
                            new RuleForecast(api.ruleTexts(), Clock.systemUTC().instant(), new Tiers(api).get());
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
        if (chain(segment.datasource()).isEmpty()) {
            return;
        }
        Optional<Span> interval = Span.read(segment.interval());
        if (interval.isEmpty()) {
            lost(segment.datasource(), "their intervals cannot be read").count++;
            return;
        }
        loss(segment.datasource(), interval.get())
                .ifPresent(words -> lost(segment.datasource(), words).add(interval.get()));
    }

    /** Why a segment of this interval is not kept loaded: by the first rule that fits. Empty when it is kept. */
    private Optional<String> loss(String datasource, Span interval) {
        List<Rule> chain = chain(datasource);
        Optional<Rule> first =
                chain.stream().filter(rule -> rule.fits(interval)).findFirst();
        if (first.isEmpty()) {
            return chain.isEmpty() ? Optional.empty() : Optional.of(NO_RULE);
        }
        return first.get().shape().loss(tiers);
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

    /** Whether any segment of this datasource may not be kept loaded. */
    boolean mayLeave(String datasource) {
        List<Rule> chain = chain(datasource);
        return !chain.isEmpty()
                && (chain.get(0).fit() != Fit.ALWAYS
                        || chain.get(0).shape().loss(tiers).isPresent());
    }

    /** Whether a segment of this interval is not kept loaded: dropped, without replicas, or wanted where no historical is. */
    boolean leaves(String datasource, Span interval) {
        return loss(datasource, interval).isPresent();
    }

    private List<Rule> chain(String datasource) {
        return chains.computeIfAbsent(datasource, name -> {
            List<Rule> chain = new ArrayList<>(rules.getOrDefault(name, List.of()));
            chain.addAll(rules.getOrDefault(LoadRule.DEFAULT, List.of()));
            return chain;
        });
    }

    private Lost lost(String datasource, String words) {
        return lost.computeIfAbsent(datasource, name -> new TreeMap<>()).computeIfAbsent(words, rule -> new Lost());
    }

    /** A line for each rule that does not keep segments, and for rules that cannot be read; empty when all are kept. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(notes);
        losses().forEach(loss -> lines.add("the load rules do not keep " + loss));
        return lines;
    }

    /** What is not kept, of which datasource and intervals, and by which rule. */
    public List<String> losses() {
        List<String> losses = new ArrayList<>();
        lost.forEach((datasource, rule) -> rule.forEach((words, what) ->
                losses.add(what.count + " segments of " + datasource + " (" + words + ")" + what.where())));
        return losses;
    }

    private Rule rule(JsonNode json) {
        String type = json.path("type").asText();
        String text = json.path("period").asText(json.path("interval").asText(""));
        LoadRule shape = LoadRule.read(json);
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

    /** Segments that one rule does not keep. */
    private static final class Lost {
        private static final int NAMED = 3;

        private final Covered covered = new Covered();
        private long count;

        void add(Span interval) {
            count++;
            covered.add(interval.beginMillis(), interval.endMillis());
        }

        String where() {
            List<String> spans = covered.words();
            String more = spans.size() > NAMED ? " and " + (spans.size() - NAMED) + " more intervals" : "";
            return spans.isEmpty()
                    ? ""
                    : ": " + String.join(", ", spans.subList(0, Math.min(NAMED, spans.size()))) + more;
        }
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
