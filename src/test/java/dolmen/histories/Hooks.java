package dolmen.histories;

import java.lang.reflect.Field;
import java.util.Map;

/** The hooks of this JVM's end: each Dolmen that starts adds one, which would keep all of its objects for ever. */
final class Hooks {
    private Hooks() {}

    /** Forgets those of Dolmen; needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}. */
    static void forget() {
        try {
            Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
            hooks.setAccessible(true);
            ((Map<?, ?>) hooks.get(null))
                    .keySet()
                    .removeIf(hook -> ((Thread) hook).getName().equals("start-stopped-services"));
        } catch (ReflectiveOperationException | RuntimeException closed) {
            throw new IllegalStateException("run it with --add-opens java.base/java.lang=ALL-UNNAMED", closed);
        }
    }
}
