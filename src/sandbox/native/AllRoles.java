import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * Runs ZooKeeper and several Druid roles in one JVM, which costs a third of the memory of one JVM each:
 * AllRoles LIB ZOOKEEPER-PORT ZOOKEEPER-FOLDER ROLE...
 *
 * <p>Druid does not support this. Its roles keep state in static fields (Guice's servlet pipeline, registries of modules),
 * so each role gets a class loader of its own for Druid, Guice and Calcite, and shares one for all other jars. Settings are
 * system properties and hold for all roles, except that -Dhistorical:druid.a.b=value sets druid.a.b for the historical
 * alone. Each role listens on its default port.
 */
public final class AllRoles {
  public static void main(String[] args) throws Exception {
    System.setProperties(new PropertiesByRole(System.getProperties()));
    List<URL> shared = new ArrayList<>();
    List<URL> perRole = new ArrayList<>();
    for (File jar : new File(args[0]).listFiles((folder, name) -> name.endsWith(".jar"))) {
      (keepsStaticState(jar.getName()) ? perRole : shared).add(url(jar));
    }
    ClassLoader sharedLoader = new URLClassLoader("shared", shared.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());

    start("zookeeper", sharedLoader, "org.apache.zookeeper.server.ZooKeeperServerMain", args[1], args[2]);
    for (String role : List.of(args).subList(3, args.length)) {
      ClassLoader loader = new URLClassLoader(role, perRole.toArray(URL[]::new), sharedLoader);
      start(role, loader, "org.apache.druid.cli.Main", "server", role);
    }
  }

  private static boolean keepsStaticState(String jar) {
    return jar.startsWith("druid-") || jar.startsWith("calcite-") || jar.contains("guice");
  }

  private static URL url(File file) throws MalformedURLException {
    return file.toURI().toURL();
  }

  private static void start(String name, ClassLoader loader, String mainClass, String... args) {
    Thread thread = new Thread(() -> {
      try {
        loader.loadClass(mainClass).getMethod("main", String[].class).invoke(null, (Object) args);
      } catch (Throwable e) {
        // A stack without one of its roles is of no use, and a dead process shows.
        System.err.println(name + " ended:");
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
      }
    }, name);
    thread.setContextClassLoader(loader);
    thread.start();
  }

  /** Druid copies all system properties, entry by entry, when a role starts; here the role's own come in. */
  private static final class PropertiesByRole extends Properties {
    private PropertiesByRole(Properties all) {
      putAll(all);
    }

    @Override
    public Set<Map.Entry<Object, Object>> entrySet() {
      String role = Thread.currentThread().getContextClassLoader().getName() + ":";
      Map<Object, Object> seen = new HashMap<>();
      super.entrySet().forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
      super.entrySet().stream().filter(entry -> entry.getKey().toString().startsWith(role))
          .forEach(entry -> seen.put(entry.getKey().toString().substring(role.length()), entry.getValue()));
      return seen.entrySet();
    }
  }
}
