package dolmen.histories;

import dolmen.histories.model.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Nothing is left over once a run has ended, and recovery has run where it was killed. */
final class Leftovers {
    /** The folder for temporary files. */
    static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final World world;
    private final SortedMap<String, List<String>> found = new TreeMap<>();

    private Leftovers(World world) {
        this.world = world;
    }

    static void check(World world, String run) {
        Leftovers leftovers = new Leftovers(world);
        leftovers.catalog();
        leftovers.temporary();
        leftovers.site(world.site);
        leftovers.found.forEach((kind, names) -> Violation.raise("left", kind, "after " + run + ": " + names));
    }

    private void add(String kind, String name) {
        found.computeIfAbsent(kind, none -> new ArrayList<>()).add(name);
    }

    private void catalog() {
        names(world.catalog().resolve(".staging")).forEach(name -> add("staging", name));
        for (String name : names(world.catalog())) {
            List<String> files = names(world.catalog().resolve(name));
            boolean known = name.startsWith(".") || files.contains("manifest.json") || files.contains("pruned.json");
            if (!known) {
                add("half-backup", name + " with " + files);
            }
            files.stream().filter(file -> file.endsWith(".part")).forEach(file -> add("part-file", name + "/" + file));
        }
    }

    private void temporary() {
        temporaryFiles().forEach(name -> add("temporary-file", name));
    }

    /** The names of Dolmen's own temporary files. */
    static List<String> temporaryFiles() {
        return names(TEMPORARY).stream()
                .filter(name -> name.startsWith("dolmen-") && !name.startsWith("dolmen-postgres-"))
                .toList();
    }

    private void site(Site site) {
        List<String> kept = names(site.home.resolve("state/safety-copies"));
        names(site.stack.shared).stream()
                .filter(name -> name.startsWith(".dolmen-"))
                .filter(name -> kept.stream().noneMatch(mark -> name.matches(".dolmen-(old|kept)-" + mark)))
                .forEach(name -> add("shared-folder", name));
        String database = site.stack.database;
        world
                .lab
                .query("postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + database + "_dolmen%'")
                .stream()
                .filter(name -> kept.stream().noneMatch(mark -> name.equals(database + "_dolmen_old_" + mark)))
                .forEach(name -> add("database", name));
        world.lab.query(database, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dolmen%'").stream()
                .filter(name -> kept.stream().noneMatch(mark -> name.equals("dolmen_old_" + mark)))
                .forEach(name -> add("schema", name));
        files(site.home.resolve("state/scratch")).forEach(name -> add("scratch-" + name.getName(0), name.toString()));
        names(site.home.resolve("state")).stream()
                .filter(name -> name.endsWith(".part"))
                .forEach(name -> add("part-file", "state/" + name));
        site.down().forEach(service -> add("service-down", service));
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile).map(folder::relativize).toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
