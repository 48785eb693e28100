package notices;

import java.util.function.BooleanSupplier;

/** Something to send to a place: {@code attempt} sends it and returns whether there was anything to send; it may be repeated. */
public record Delivery(String place, BooleanSupplier attempt) {}
