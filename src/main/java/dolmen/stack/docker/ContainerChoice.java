package dolmen.stack.docker;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which of several containers of one service counts: the one that runs. Where none runs, the one that was chosen before,
 * since Dolmen may have stopped it itself, else the one that ended long after all others. None when that does not decide.
 */
final class ContainerChoice {
    /** Containers that ended within this time belong to one start of the service; one that is left over from an earlier start ended before. */
    private static final Duration ONE_START = Duration.ofMinutes(1);

    private final Map<String, String> chosen = new ConcurrentHashMap<>();

    record Candidate(String id, Optional<String> project, boolean running, Instant ended) {}

    /** The id of the one that counts; containers of more than one project are never chosen from. */
    Optional<String> among(String service, List<Candidate> candidates) {
        if (candidates.stream().map(Candidate::project).distinct().count() > 1) {
            return Optional.empty();
        }
        List<Candidate> running = candidates.stream().filter(Candidate::running).toList();
        if (running.size() > 1) {
            return Optional.empty();
        }
        Optional<String> id = running.stream().findFirst().map(Candidate::id).or(() -> stopped(service, candidates));
        id.ifPresent(one -> chosen.put(service, one));
        return id;
    }

    private Optional<String> stopped(String service, List<Candidate> candidates) {
        return candidates.stream()
                .map(Candidate::id)
                .filter(id -> id.equals(chosen.get(service)))
                .findFirst()
                .or(() -> last(candidates));
    }

    private static Optional<String> last(List<Candidate> candidates) {
        List<Candidate> latest = candidates.stream()
                .sorted(Comparator.comparing(Candidate::ended).reversed())
                .toList();
        boolean apart = latest.size() == 1
                || latest.size() > 1
                        && !latest.get(1)
                                .ended()
                                .plus(ONE_START)
                                .isAfter(latest.get(0).ended());
        return apart ? Optional.of(latest.get(0).id()) : Optional.empty();
    }
}
