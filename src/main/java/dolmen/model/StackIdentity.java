package dolmen.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which stack it is: the name that a person gave it, the system identifier of its PostgreSQL, the name of its database
 * there, and where its shared folder is (the engine's name of the volume, or the path on the host). Only these decide;
 * the compose project, and each container's id and image, are for people to read.
 */
public record StackIdentity(
        Optional<String> name,
        Optional<String> systemIdentifier,
        Optional<String> database,
        Optional<String> sharedFolder,
        Optional<String> project,
        SortedMap<String, ContainerIdentity> containers) {
    /** A stack of which nothing is known. */
    public static final StackIdentity UNKNOWN = new StackIdentity(Optional.empty(), Optional.empty(), new TreeMap<>());

    public StackIdentity {
        name = name.filter(text -> !text.isBlank());
        sharedFolder = sharedFolder.filter(text -> !text.isBlank());
        containers = Collections.unmodifiableSortedMap(new TreeMap<>(containers));
    }

    /** As a backup of format 1 has it, which has neither database nor folder. */
    public StackIdentity(
            Optional<String> project,
            Optional<String> systemIdentifier,
            SortedMap<String, ContainerIdentity> containers) {
        this(Optional.empty(), systemIdentifier, Optional.empty(), Optional.empty(), project, containers);
    }

    /** This stack under that name, or under none. */
    public StackIdentity named(Optional<String> other) {
        return new StackIdentity(other, systemIdentifier, database, sharedFolder, project, containers);
    }

    /** This stack with that database. */
    public StackIdentity of(Optional<String> knownDatabase) {
        return new StackIdentity(name, systemIdentifier, knownDatabase, sharedFolder, project, containers);
    }

    /**
     * Whether this is the stack that the other describes. Two names decide. Else a known member that differs makes it
     * another one, and the same system identifier the same one: where the database is not known beside it, the backup is
     * of format 1.
     */
    public Sameness compare(StackIdentity other) {
        if (name.isPresent() && other.name.isPresent()) {
            return name.equals(other.name) ? Sameness.SAME : Sameness.OTHER;
        }
        if (differ(systemIdentifier, other.systemIdentifier)
                || differ(database, other.database)
                || differ(sharedFolder, other.sharedFolder)) {
            return Sameness.OTHER;
        }
        return systemIdentifier.isPresent() && other.systemIdentifier.isPresent() ? Sameness.SAME : Sameness.UNKNOWN;
    }

    /** True when it is known to be the stack that the other describes. */
    public boolean is(StackIdentity other) {
        return compare(other) == Sameness.SAME;
    }

    private static boolean differ(Optional<String> one, Optional<String> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    /** This stack without what is for people to read. */
    public StackIdentity whatDecides() {
        return new StackIdentity(name, systemIdentifier, database, sharedFolder, Optional.empty(), new TreeMap<>());
    }

    /** True when enough is known to compare it without a name. */
    public boolean canBeTold() {
        return systemIdentifier.isPresent();
    }

    /** True when no two of them are known to be of different stacks. */
    public static boolean mayBeOne(Collection<StackIdentity> stacks) {
        return stacks.stream()
                .allMatch(one -> stacks.stream().noneMatch(other -> one.compare(other) == Sameness.OTHER));
    }

    /** What tells it from others, for a person. */
    public String words() {
        List<String> words = new ArrayList<>();
        database.ifPresent(text -> words.add("database " + text));
        systemIdentifier.ifPresent(text -> words.add("PostgreSQL " + text));
        sharedFolder.ifPresent(text -> words.add("shared folder " + text));
        project.ifPresent(text -> words.add("project " + text));
        String told = name.map(text -> "stack " + text)
                .orElse(words.isEmpty() ? "a stack that is not known" : String.join(", ", words));
        return told.replaceAll("\\p{Cntrl}", "?");
    }

    /** A container's id and the image it was made from. */
    public record ContainerIdentity(String id, String image) {}
}
