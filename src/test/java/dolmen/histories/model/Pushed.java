package dolmen.histories.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What Druid once wrote for each segment; a segment never changes. */
public final class Pushed {
    private final Map<String, SortedMap<String, Content>> files = new HashMap<>();
    private final Set<Content> damaged = new HashSet<>();

    public void add(Segment segment, SortedMap<String, Content> content) {
        files.put(segment.key(), content);
    }

    /** The keys of all segments that there ever were. */
    public Set<String> keys() {
        return files.keySet();
    }

    public SortedMap<String, Content> of(Segment segment) {
        return files.get(segment.key());
    }

    /** From now on this is known as the damaged content of a file. */
    public void damage(Content content) {
        damaged.add(content);
    }

    /** What is wrong with these files of a segment; empty where each is what Druid wrote, or known damage. */
    public Optional<Wrong> wrong(Segment segment, SortedMap<String, Content> found) {
        SortedMap<String, Content> right = of(segment);
        if (found.equals(right)) {
            return Optional.empty();
        }
        for (Map.Entry<String, Content> file : right.entrySet()) {
            Content content = found.get(file.getKey());
            if (content == null) {
                return Optional.of(new Wrong("missing", segment.id() + ": " + file.getKey() + " is not there"));
            }
            if (!content.equals(file.getValue()) && !damaged.contains(content)) {
                return Optional.of(new Wrong(
                        content.isZeroFilled(file.getValue())
                                ? "zero-filled"
                                : owner(file.getKey(), content)
                                        .map(other -> "other-segment")
                                        .orElse("differs"),
                        segment.key() + ": " + file.getKey() + " is '"
                                + content.text().replace('\0', '0') + "', not '"
                                + file.getValue().text() + "'"
                                + owner(file.getKey(), content)
                                        .map(other -> ", which was of " + other)
                                        .orElse("")));
            }
        }
        return found.size() > right.size()
                ? Optional.of(new Wrong("more", segment.id() + ": also has " + found.keySet()))
                : Optional.empty();
    }

    private Optional<String> owner(String path, Content content) {
        return files.entrySet().stream()
                .filter(known -> content.equals(known.getValue().get(path)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** A word for the kind, and the words for a person. */
    public record Wrong(String kind, String words) {}
}
