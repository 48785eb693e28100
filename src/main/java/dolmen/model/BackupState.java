package dolmen.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a backup can be trusted, from its manifest and the verdicts about it, and the reasons why not: of a suspicious one
 * those that nobody accepted, of a damaged one what is damaged.
 */
public record BackupState(Trust trust, List<String> reasons) {
    /** Nothing speaks against it. */
    public static final BackupState VERIFIED = new BackupState(Trust.VERIFIED, List.of());

    public BackupState {
        reasons = List.copyOf(reasons);
    }

    /** How far a backup can be trusted. */
    public enum Trust {
        VERIFIED,
        SUSPICIOUS,
        DAMAGED;

        /** The word used in lists and reports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The state by manifest and verdicts; the files of a script have no manifest. A damaged backup stays damaged, whatever was accepted. */
    public static BackupState of(Optional<Manifest> manifest, List<Verdict> verdicts) {
        List<Verdict> damaged = ofKind(verdicts, Verdict.Kind.DAMAGED);
        if (!damaged.isEmpty()) {
            return new BackupState(Trust.DAMAGED, List.copyOf(reasons(damaged)));
        }
        Set<String> open = new LinkedHashSet<>();
        manifest.ifPresent(known -> open.addAll(reasonsOf(known)));
        open.addAll(reasons(ofKind(verdicts, Verdict.Kind.SUSPICIOUS)));
        open.removeAll(reasons(ofKind(verdicts, Verdict.Kind.ACCEPTED)));
        return open.isEmpty() ? VERIFIED : new BackupState(Trust.SUSPICIOUS, List.copyOf(open));
    }

    private static List<String> reasonsOf(Manifest manifest) {
        List<String> reasons = manifest.reasons().stream().map(Reason::text).toList();
        return manifest.verdict().equals(Manifest.VERIFIED) || !reasons.isEmpty()
                ? reasons
                : List.of("its manifest says '" + manifest.verdict() + "'");
    }

    private static List<Verdict> ofKind(List<Verdict> verdicts, Verdict.Kind kind) {
        return verdicts.stream().filter(verdict -> verdict.kind() == kind).toList();
    }

    private static Set<String> reasons(List<Verdict> verdicts) {
        Set<String> reasons = new LinkedHashSet<>();
        for (Verdict verdict : verdicts) {
            reasons.addAll(verdict.reasons());
        }
        return reasons;
    }

    public boolean isVerified() {
        return trust == Trust.VERIFIED;
    }

    public boolean isDamaged() {
        return trust == Trust.DAMAGED;
    }

    /** The word, and the reasons behind it where there are any. */
    public String words() {
        return reasons.isEmpty() ? trust.word() : trust.word() + ": " + String.join("; ", reasons);
    }
}
