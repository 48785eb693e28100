package dolmen.druid;

/** A task that runs, is pending or waits: its id, its type ({@code kill}, {@code compact}, ...) and its datasource. */
public record ActiveTask(String id, String type, String datasource) {}
