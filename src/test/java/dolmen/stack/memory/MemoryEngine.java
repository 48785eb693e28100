package dolmen.stack.memory;

import dolmen.model.StepFailure.Failed;
import dolmen.stack.Engine;
import dolmen.stack.EngineAddress;
import dolmen.stack.FoundContainer;
import dolmen.stack.Service;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a host in memory shows as the engine of its containers. */
record MemoryEngine(List<Service> services, Path root) implements Engine {
    @Override
    public String describe() {
        return "the memory of the test";
    }

    @Override
    public EngineAddress address() {
        return new EngineAddress(URI.create("unix:///memory.sock"), Optional.empty());
    }

    @Override
    public Instant time() {
        return Instant.now();
    }

    @Override
    public List<FoundContainer> containers() {
        return services.stream()
                .map(each -> new FoundContainer(each, each.name(), List.of(), List.of(), new TreeMap<>()))
                .toList();
    }

    @Override
    public Optional<String> text(FoundContainer container, String path) {
        Path file = Path.of(root + path);
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new Failed("cannot read " + file, "Look at it.", unreadable);
        }
    }
}
