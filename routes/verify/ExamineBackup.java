package verify;

import dolmen.model.BackupContents;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Incomplete;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/**
 * Reads all files of a backup, without any stack. The body is the {@link BackupContents}, to which each step adds what it found. What
 * is damaged or missing is written down beside the backup, and then ends the run.
 */
public final class ExamineBackup extends RouteBuilder {
    /** The exchange property that is true where a restore leaves Metabase alone, so that the backup's copy of it is not read. */
    public static final String WITHOUT_METABASE = "dolmen.without-metabase";

    private final BiConsumer<BackupContents, StepFailure> keepDamage;

    /** {@code keepDamage} writes down what was found beside the backup. */
    public ExamineBackup(BiConsumer<BackupContents, StepFailure> keepDamage) {
        this.keepDamage = keepDamage;
    }

    @Override
    public void configure() {
        from("direct:examine-backup")
                .routeId("examine-backup")
                .routeConfigurationId(StepFailures.STEP)
                .doTry()
                .to("direct:check-files")
                .to("direct:read-dump")
                .to("direct:read-archive")
                .filter(exchange -> !exchange.getProperty(WITHOUT_METABASE, false, Boolean.class))
                .to("direct:read-metabase")
                .endDoTry()
                .doCatch(Damaged.class, Incomplete.class)
                .process(this::keep)
                .end();
    }

    private void keep(Exchange exchange) {
        StepFailure found = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, StepFailure.class);
        keepDamage.accept(exchange.getMessage().getBody(BackupContents.class), found);
        throw found;
    }
}
