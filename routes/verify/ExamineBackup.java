package verify;

import dolmen.model.BackupContents;
import dolmen.model.StepFailure;
import dolmen.model.StepFailure.Damaged;
import dolmen.model.StepFailure.Incomplete;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import shared.StepFailures;

/** Reads a backup's folder whole, without any stack; grows an examination. Damage that is found is kept beside the backup. */
public final class ExamineBackup extends RouteBuilder {
    /** The exchange property that is true where Metabase's data are left as they are, so that nobody needs the backup's. */
    public static final String WITHOUT_METABASE = "dolmen.without-metabase";

    private final BiConsumer<BackupContents, StepFailure> damage;

    public ExamineBackup(BiConsumer<BackupContents, StepFailure> damage) {
        this.damage = damage;
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
        damage.accept(exchange.getMessage().getBody(BackupContents.class), found);
        throw found;
    }
}
