package dolmen.histories.standins;

import dolmen.archive.SafeFiles;
import dolmen.histories.files.Fuse;
import dolmen.stack.Command;
import dolmen.stack.Mark;
import dolmen.stack.Mount;
import dolmen.stack.Outcome;
import dolmen.stack.Service;
import dolmen.stack.memory.MemoryHost;
import dolmen.stack.memory.MemoryService;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The programs of a history's services, as {@link SqlPrograms} plays them; each call, stop and start can be the last. */
public final class StoryPrograms implements MemoryHost.Programs {
    private static final List<String> SERVICES = List.of("postgres", "historical", "coordinator", "metabase");
    private static final List<Mount> EVERYTHING = List.of(new Mount("/", Path.of("/"), Optional.empty()));

    private final SqlPrograms programs;
    private final Runnable dumped;

    /** {@code emptyDump} is what pg_dump writes of Druid's tables without a row; {@code dumped} is called after each dump. */
    public StoryPrograms(Sessions sessions, String emptyDump, Runnable dumped) {
        this.programs = new SqlPrograms(sessions, emptyDump);
        this.dumped = dumped;
    }

    /** This machine, where services of these programs run. No program outlives its call here, so that the mark need tell nothing. */
    public MemoryHost host(Path state) {
        MemoryHost host = new MemoryHost();
        host.programs = this;
        host.mark = new Mark(Mark.NONE.owner(), Mark.NONE.changes(), () -> SafeFiles.folder(state.resolve("scratch")));
        host.before = call -> {
            if (call.startsWith("stop ") || call.startsWith("start ")) {
                Fuse.call(call);
            }
        };
        for (String name : SERVICES) {
            MemoryService service = host.service(name);
            service.user = "druid";
            service.mounts = EVERYTHING;
        }
        return host;
    }

    @Override
    public Outcome run(Service service, Command command, OutputStream stdout) {
        String words = String.join(" ", command.arguments());
        Fuse.call("run " + (words.contains("pg_dump") ? "pg_dump" : words.substring(0, Math.min(20, words.length()))));
        Outcome outcome = programs.run(command, stdout);
        if (words.contains("pg_dump")) {
            Fuse.asTheWorld(dumped);
            Fuse.call("ran pg_dump");
        }
        return outcome;
    }
}
