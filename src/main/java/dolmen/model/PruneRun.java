package dolmen.model;

/** A pruning on its way through the steps. */
public record PruneRun(Run run, PrunePlan plan) {}
