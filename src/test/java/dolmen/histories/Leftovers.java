package dolmen.histories;

import dolmen.histories.model.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Nothing is left over once a run has ended, and recovery has run where it was killed. */
final class Leftovers {
    private final World world;
    private final String run;
    private final List<String> found = new ArrayList<>();

    private Leftovers(World world, String run) {
        this.world = world;
        this.run = run;
    }

    static void check(World world, String run) {
        Leftovers leftovers = new Leftovers(world, run);
        leftovers.catalog();
        leftovers.temporary();
        leftovers.site(world.site);
        if (!leftovers.found.isEmpty()) {
            throw new Violation("left", run.replace(' ', '-'), "after " + run + ": " + leftovers.found);
        }
    }

    private void catalog() {
        names(world.catalog().resolve(".staging")).forEach(name -> found.add("staging " + name));
        for (String name : names(world.catalog())) {
            List<String> files = names(world.catalog().resolve(name));
            boolean known = name.startsWith(".") || files.contains("manifest.json") || files.contains("pruned.json");
            if (!known) {
                found.add("a folder " + name + " with " + files);
            }
            files.stream().filter(file -> file.endsWith(".part")).forEach(file -> found.add(name + "/" + file));
        }
    }

    private void temporary() {
        names(Path.of(System.getProperty("java.io.tmpdir"))).stream()
                .filter(name -> name.startsWith("dolmen-") && !name.startsWith("dolmen-postgres-"))
                .forEach(name -> found.add("temporary file " + name));
    }

    private void site(Site site) {
        List<String> kept = names(site.home.resolve("state/safety-copies"));
        names(site.stack.shared).stream()
                .filter(name -> name.startsWith(".dolmen-"))
                .filter(name -> kept.stream().noneMatch(mark -> name.equals(".dolmen-old-" + mark)))
                .forEach(name -> found.add("folder " + name));
        String database = site.stack.database;
        world.lab
                .query("postgres", "SELECT datname FROM pg_database WHERE datname LIKE '" + database + "_dolmen%'")
                .stream()
                .filter(name -> kept.stream().noneMatch(mark -> name.equals(database + "_dolmen_old_" + mark)))
                .forEach(name -> found.add("database " + name));
        world.lab.query(database, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dolmen%'").stream()
                .filter(name -> kept.stream().noneMatch(mark -> name.equals("dolmen_old_" + mark)))
                .forEach(name -> found.add("schema " + name));
        files(site.home.resolve("state/scratch")).forEach(name -> found.add("scratch " + name));
        names(site.home.resolve("state")).stream()
                .filter(name -> name.endsWith(".part"))
                .forEach(name -> found.add("state/" + name));
        site.host.down().forEach(service -> found.add("service " + service + " is down"));
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
