package dolmen.model;

/** Why a backup was published as suspicious: what kind of reason, for programs, and its text, for people. */
public record Reason(String kind, String text) {}
