package notices;

import java.util.function.BooleanSupplier;

/** What is sent where. An attempt may be repeated; it says whether anything was sent. */
public record Delivery(String place, BooleanSupplier attempt) {}
