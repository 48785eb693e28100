package dolmen.histories;

import dolmen.model.Operation;
import dolmen.model.Report;
import dolmen.model.RunRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The process of Dolmen that is set up for a stack: objects of this JVM, or a process of its own. */
interface Dolmen extends AutoCloseable {
    /** More calls than any run makes. */
    int NEVER = Integer.MAX_VALUE;

    /** Does what the request says; the process is killed before this many calls. The next run begins a new process. */
    Ended run(RunRequest request, int callsUntilKilled);

    /** Does what {@code dolmen recover} does. */
    Ended recover(int callsUntilKilled);

    /** The services that are stopped. */
    List<String> down();

    @Override
    void close();

    /** How a run ended: by its report, if it makes one, or killed before a call; and how many calls it made. */
    record Ended(Optional<Report> report, Optional<String> killedBefore, int calls) {
        private static final Pattern LABEL = Pattern.compile("\\d{8}-\\d{6}");

        boolean succeeded() {
            return report.map(Report::succeeded).orElse(false);
        }

        /** The backup that the report calls published. */
        Optional<String> published() {
            return report.filter(Report::succeeded)
                    .filter(done -> done.run().request().operation() == Operation.BACKUP)
                    .flatMap(Ended::label);
        }

        /** The label that the summary names. */
        Optional<String> label() {
            return report.flatMap(Ended::label);
        }

        private static Optional<String> label(Report report) {
            Matcher label = LABEL.matcher(report.summary());
            return label.find() ? Optional.of(label.group()) : Optional.empty();
        }
    }
}
