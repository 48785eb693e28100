package dolmen.database.postgres;

import dolmen.model.Secret;
import dolmen.stack.Command;
import dolmen.stack.LocalProgram;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import dolmen.stack.memory.MemoryHost;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Programs of this machine, those of one folder first, which have no variables but these and those of the service and the command. */
public record OwnPrograms(Path folder, Map<String, String> environment) implements MemoryHost.Programs {
    /** A host with this one service, which runs these programs. */
    public static MemoryHost host(String service, Path folder, Map<String, String> environment) {
        MemoryHost host = new MemoryHost();
        host.service(service).user = service;
        host.programs = new OwnPrograms(folder, environment);
        return host;
    }

    @Override
    public Outcome run(Service service, Command command, OutputStream stdout) {
        List<String> words = new ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=" + folder + ":/usr/bin:/bin"));
        environment.forEach((name, value) -> words.add(name + "=" + value));
        reveal(service.environment(), words);
        reveal(command.environment(), words);
        words.addAll(command.arguments());
        return new LocalProgram(words, Map.of(), Optional.of(command.limit())).run(stdout);
    }

    private static void reveal(Map<String, Secret> secrets, List<String> words) {
        secrets.forEach((name, secret) -> words.add(name + "=" + secret.reveal()));
    }
}
