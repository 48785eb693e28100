package dolmen.druid;

import dolmen.model.UnusedSegments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recorded stack, which serves everything until a test says otherwise, and a wait for it that takes no time. */
final class AwaitedStack implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(10);

    final FakeDruid druid = FakeDruid.router();
    final FastPace pace = new FastPace();
    final List<Progress> progress = new ArrayList<>();
    /** The rows of the metadata store that are not used. */
    final List<String> unused = new ArrayList<>();

    Verification verify() {
        return verify(expectation());
    }

    Verification verify(Expectation expectation) {
        DruidApi api = Stacks.api(druid).afterRestore();
        UnusedSegments store = (datasources, ids) -> unused.forEach(ids);
        return new Availability(api, store, LIMIT, pace).await(expectation, progress::add, Optional::empty);
    }

    static Expectation expectation() {
        return new Expectation(Stacks.dump(), Optional.of(Stacks.then()), false);
    }

    @Override
    public void close() {
        druid.close();
    }
}
