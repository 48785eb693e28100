package dolmen.notices;

import com.fasterxml.jackson.core.JsonProcessingException;
import dolmen.archive.SafeFiles;
import dolmen.model.Json;
import dolmen.model.Notice;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Failed;
import dolmen.model.StepFailure.Locked;
import dolmen.runs.RunLock;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that wait to be sent, each a file in {@code state/outbox/<place>/}, so that none is lost when a place cannot be reached or the
 * process ends. Whoever sends holds the lock of the place, so that none is sent twice, unless the process is killed between the sending
 * and the removal of the file.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int LARGEST = 16 << 20;
    private static final int REFUSALS = 3;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-nnnnnnnnn").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;
    private final OutboxLimits limits;
    private final Set<Path> reportedAsUnreadable = ConcurrentHashMap.newKeySet();

    public Outbox(Path state, Clock clock) {
        this.folder = state.resolve("outbox");
        this.clock = clock;
        this.limits = new OutboxLimits(clock);
    }

    /** Keeps a notice for a place, on disk when this returns. */
    public void keep(String place, Notice notice) {
        String name = STAMP.format(clock.instant()) + "-" + UUID.randomUUID() + ".json";
        try {
            SafeFiles.write(SafeFiles.folder(folder(place)).resolve(name), Json.MAPPER.writeValueAsBytes(notice));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("cannot write a notice as JSON", impossible);
        }
    }

    /** How many wait for the place. */
    public int waiting(String place) {
        return messages(folder(place)).size();
    }

    /**
     * Hands what waits for the place to the sender, oldest first, and removes what it took. When the place cannot be reached, the
     * rest waits. A notice that the place refuses for good does not hold up the others, but after 3 refusals the rest waits, too. The
     * first failure is thrown in the end. While another process or thread sends to the place, nothing is done here: that one
     * looks again when it is done. Returns whether anything was sent.
     */
    public boolean send(String place, Consumer<Notice> sender) {
        Path home = folder(place);
        Set<Path> seen = new HashSet<>();
        boolean sent = false;
        while (!seen.containsAll(messages(home))) {
            try (RunLock held = take(home)) {
                LOG.debug("holding {}", held);
                sent |= sendAll(home, seen, sender);
            } catch (Locked other) {
                LOG.debug("what waits in {} is being sent: {}", home, other.getMessage());
                return sent;
            }
        }
        return sent;
    }

    private boolean sendAll(Path home, Set<Path> seen, Consumer<Notice> sender) {
        requireRemovable(home);
        limits.apply(home);
        boolean sent = false;
        List<StepFailure> refusals = new ArrayList<>();
        for (Path file : messages(home)) {
            Optional<Notice> notice = seen.add(file) && refusals.size() < REFUSALS ? read(file) : Optional.empty();
            if (notice.isPresent()) {
                try {
                    sender.accept(notice.get());
                    SafeFiles.remove(file);
                    sent = true;
                } catch (StepFailure failure) {
                    if (failure.mayPass()) {
                        throw failure;
                    }
                    refusals.add(failure);
                }
            }
        }
        refusals.stream().findFirst().ifPresent(first -> {
            throw first;
        });
        return sent;
    }

    /** A notice whose file cannot be removed would be sent again and again. */
    private static void requireRemovable(Path home) {
        if (!Files.isWritable(home)) {
            throw new Failed(
                    "cannot send what waits in " + home + ", since nothing could be removed there",
                    "Check that the folder belongs to the user that runs Dolmen.");
        }
    }

    /** Drops, with a line in the log, what waits for other places than these. */
    public void dropBut(Collection<String> places) {
        List<Path> known = places.stream().map(this::folder).toList();
        SafeFiles.list(folder).stream()
                .filter(home -> !known.contains(home) && Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS))
                .forEach(Outbox::dropAll);
    }

    private static void dropAll(Path home) {
        try (RunLock held = take(home)) {
            LOG.debug("holding {}", held);
            OutboxLimits.drop(home, OutboxLimits.entries(home), "the settings do not name this place any more");
        } catch (StepFailure refused) {
            LOG.warn("{} HINT: {}", refused.getMessage(), refused.hint());
        }
    }

    private static RunLock take(Path home) {
        return RunLock.take(home, "process " + ProcessHandle.current().pid());
    }

    private Optional<Notice> read(Path file) {
        try {
            Notice notice = Json.MAPPER.readValue(SafeFiles.read(file, LARGEST), Notice.class);
            if (notice == null) {
                throw new IOException("it holds nothing");
            }
            return Optional.of(notice);
        } catch (IOException refused) {
            if (reportedAsUnreadable.add(file)) {
                LOG.error("cannot read the notification {}, which is not sent HINT: remove the file", file);
            }
            return Optional.empty();
        }
    }

    private static List<Path> messages(Path home) {
        return OutboxLimits.entries(home).stream()
                .filter(file -> file.toString().endsWith(".json"))
                .toList();
    }

    /** The folder of a place; its name is URL-encoded, so that no two places share one. */
    private Path folder(String place) {
        return folder.resolve(URLEncoder.encode(place, StandardCharsets.UTF_8));
    }
}
