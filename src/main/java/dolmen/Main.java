package dolmen;

/** Starts Dolmen. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {}
}
