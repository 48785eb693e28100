package dolmen.metabase.h2;

import dolmen.metabase.ApplicationDatabase;
import dolmen.metabase.MetabaseData;
import dolmen.metabase.MetabaseStack;
import dolmen.model.ApplicationDatabaseCopy;
import dolmen.model.Meter;
import dolmen.model.RunId;
import dolmen.settings.MetabaseSettings.Kind;
import dolmen.stack.StoppedServices;
import dolmen.stack.memory.MemoryHost;
import dolmen.stack.memory.MemoryService;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A stack whose Metabase keeps its own database in a file, with three rows in each table, and a folder for archives. */
final class OwnDatabase implements AutoCloseable {
    final Path data;
    final Path stem;
    final Path staging;
    final MemoryHost host = H2Fixture.host();
    final MemoryService service = host.service("metabase");
    final H2Writer writer;
    final StoppedServices stopped;
    final MetabaseData metabase;
    private final Path folder;

    OwnDatabase(Path folder) throws Exception {
        this.folder = folder;
        data = Files.createDirectory(folder.resolve("data"));
        staging = Files.createDirectory(folder.resolve("staging"));
        stem = data.resolve("metabase.db");
        H2Fixture.create(stem, 3);
        writer = new H2Writer(stem, host);
        stopped = new StoppedServices(host, Files.createDirectory(folder.resolve("state")));
        metabase = new MetabaseData(stack(), Map.of(H2Kind.WORD, H2Kind::new));
    }

    private MetabaseStack stack() {
        return new MetabaseStack(H2Fixture.settings(Kind.H2, "metabase", stem.toString()), host, stopped, staging);
    }

    ApplicationDatabaseCopy archive() {
        return metabase.archive(staging, new RunId("20261124-020000-000-backup"), Meter.NONE);
    }

    H2Kind kind() {
        return new H2Kind(stack());
    }

    ApplicationDatabaseCopy contents(Path tar) {
        return kind().contents(tar);
    }

    ApplicationDatabase restore() {
        return metabase.database();
    }

    /** Where an archive is written. */
    Path archived() {
        return staging.resolve("metabase_data.tar");
    }

    Path file() {
        return data.resolve("metabase.db.mv.db");
    }

    Path trace() {
        return data.resolve("metabase.db.trace.db");
    }

    /** The names in the folder of the database. */
    List<String> files() throws IOException {
        try (var files = Files.list(data)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** From now on Metabase has this variable, and that of its file. */
    void environment(String name, String value) {
        service.environment = H2Fixture.variables(name, value, "MB_DB_FILE", stem.toString());
    }

    /** A tar with these members. */
    Path tar(Map<String, byte[]> members) throws IOException {
        Path tar = folder.resolve("script.tar");
        try (OutputStream out = Files.newOutputStream(tar);
                TarArchiveOutputStream archive = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> member : new TreeMap<>(members).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(member.getKey());
                entry.setSize(member.getValue().length);
                archive.putArchiveEntry(entry);
                archive.write(member.getValue());
                archive.closeArchiveEntry();
            }
        }
        return tar;
    }

    /** Ends the writer. */
    @Override
    public void close() {
        writer.close();
    }
}
