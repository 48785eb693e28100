package dolmen.needs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Notes how many tests were run, and each that was left out, with the reason. JUnit finds it by META-INF/services. */
public final class LeftOutListener implements TestExecutionListener {
    private final LeftOut notes = new LeftOut(Path.of("target", "left-out"));
    private TestPlan plan;
    private int run;

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
        run = 0;
    }

    @Override
    public void executionSkipped(TestIdentifier identifier, String reason) {
        note(identifier, reason);
    }

    @Override
    public synchronized void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            note(identifier, result.getThrowable().map(Throwable::getMessage).orElse("aborted"));
        } else if (identifier.isTest()) {
            run++;
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan testPlan) {
        try {
            notes.ran(run);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void note(TestIdentifier identifier, String reason) {
        try {
            notes.leftOut(tests(identifier), reason, identifier.getUniqueId());
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    /** A test with parameters counts as one, since nobody knows how many it would have been. */
    private long tests(TestIdentifier identifier) {
        return Math.max(
                1,
                plan.getDescendants(identifier).stream()
                        .filter(each -> plan.getChildren(each).isEmpty())
                        .count());
    }
}
