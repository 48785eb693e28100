package dolmen;

/** Lets tests of other packages run the command line without ending the JVM. */
public final class TestMain {
    private TestMain() {}

    public static int execute(String... arguments) {
        return Main.execute(arguments);
    }
}
