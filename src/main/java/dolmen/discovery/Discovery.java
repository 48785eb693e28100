package dolmen.discovery;

import dolmen.settings.Settings;
import dolmen.stack.EngineAddress;
import dolmen.stack.FoundContainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What was found out about the one stack of an engine: the settings for it, and what a person should look at. */
public final class Discovery {
    private final FoundStack stack;
    private final Draft draft = new Draft();

    private Discovery(FoundStack stack) {
        this.stack = stack;
    }

    /**
     * Looks at the containers; {@code files} gives the text of a file of one of them. Throws {@code Refused} when there
     * is no stack, or more than one that is meant. {@code defaults} are the settings where nothing is set.
     */
    public static Discovery of(
            List<FoundContainer> containers,
            Optional<String> project,
            BiFunction<FoundContainer, String, Optional<String>> files,
            Settings defaults,
            EngineAddress engine) {
        FoundStack stack = FoundStack.choose(containers, project);
        Map<FoundContainer, DruidProperties> known = new HashMap<>();
        Function<FoundContainer, DruidProperties> properties = container -> known.computeIfAbsent(
                container,
                one -> DruidProperties.of(Role.of(one).orElseThrow(), one::variable, path -> files.apply(one, path)));
        DruidProperties druid = properties.apply(stack.first(Role.COORDINATOR)
                .or(() -> stack.first(Role.HISTORICAL))
                .orElseThrow());
        boolean metadataInside =
                MetadataPart.server(stack, druid).map(stack::holds).orElse(true);
        Discovery discovery = new Discovery(metadataInside ? stack : stack.withOwnNames());
        discovery.addSettings(druid, properties, defaults, engine);
        return discovery;
    }

    private void addSettings(
            DruidProperties druid,
            Function<FoundContainer, DruidProperties> properties,
            Settings defaults,
            EngineAddress engine) {
        if (!engine.uri().toString().equals(defaults.stack().dockerHost())) {
            draft.found("dolmen.docker.host", engine.uri().toString(), "", "where this engine was reached");
        }
        engine.certificates()
                .ifPresent(folder -> draft.found(
                        "dolmen.docker.certificates", folder.toString(), "", "what this engine was reached with"));
        stack.project()
                .filter(name -> !stack.ownNames())
                .ifPresent(
                        name -> draft.found("dolmen.stack.project", name, "", "the label com.docker.compose.project"));
        draft.found(
                "dolmen.stack.services",
                String.join(",", services()),
                String.join(",", defaults.stack().services()),
                "Druid's services, in the order in which a restore stops them");
        new MetadataPart(stack, defaults).add(druid, draft);
        new SegmentsPart(stack, defaults)
                .add(stack.having(Role.HISTORICAL).stream().map(properties).toList(), draft);
        new DruidPart(stack, defaults, engine.socket() ? "127.0.0.1" : engine.host()).add(properties, draft);
        new MetabasePart(stack, defaults).add(draft);
        noteServicesOfSeveralContainers();
    }

    private List<String> services() {
        return Arrays.stream(Role.values())
                .filter(Role::isDruid)
                .flatMap(role -> stack.having(role).stream())
                .map(stack::nameOf)
                .distinct()
                .toList();
    }

    /** Dolmen stops, starts and reads a service as one container. */
    private void noteServicesOfSeveralContainers() {
        stack.parts().values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(stack::nameOf, Collectors.counting()))
                .forEach((service, count) -> {
                    if (count > 1) {
                        draft.note("service " + service + " has " + count
                                + " containers; a service of one container is needed");
                    }
                });
    }

    /** The compose project, if the stack has one. */
    public Optional<String> project() {
        return stack.project();
    }

    /** What a person should look at; empty when all was found. */
    public List<String> notes() {
        return draft.notes();
    }

    /** The settings as the text of a properties file, each with where it was seen; no secrets. */
    public String text() {
        List<String> lines = new ArrayList<>(List.of(
                "# Written by `dolmen init` from what the containers of this stack say. Settings that are not here have",
                "# their defaults; config/defaults.properties lists them all."));
        draft.notes().forEach(note -> lines.add("# LOOK AT THIS: " + note));
        for (FoundSetting setting : draft.settings()) {
            String value = setting.key() + "=" + setting.value().replace("\\", "\\\\");
            lines.addAll(
                    switch (setting.kind()) {
                        case SET -> List.of("", "# " + setting.from(), value);
                        case DEFAULT -> List.of("", "# " + setting.from() + " (the default)", "#" + value);
                        case ADVICE -> List.of("", "# FILL IN: " + setting.from(), "#" + value);
                    });
        }
        return String.join("\n", lines) + "\n";
    }
}
