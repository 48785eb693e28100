package dolmen.app;

import dolmen.catalog.Bucket;
import dolmen.catalog.CopyRecords;
import dolmen.catalog.CopyTarget;
import dolmen.catalog.SendTarget;
import dolmen.model.StepFailure.Unusable;
import dolmen.settings.CopySettings;
import dolmen.settings.Settings;
import dolmen.settings.StorageSettings.Stage;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import shared.CopyEndpoint;
import shared.CopyGateway;

/** The kinds of places that finished backups are sent to, by a word for each. */
public record SendTargets(Map<String, Factory> byWord) {
    static final String BUCKET = "bucket";
    static final String COPY = "copy";

    /** Those of Dolmen. */
    public static final SendTargets ALL = new SendTargets(Map.of(BUCKET, SendTargets::bucket, COPY, SendTargets::copy));

    /** Makes the place of the settings; empty when none of the kind is set. */
    @FunctionalInterface
    public interface Factory {
        Optional<SendTarget> of(Settings settings, CamelContext context);
    }

    public SendTargets {
        byWord = Map.copyOf(byWord);
    }

    Optional<SendTarget> of(String word, Settings settings, CamelContext context) {
        return byWord.get(word).of(settings, context);
    }

    private static Optional<SendTarget> bucket(Settings settings, CamelContext context) {
        return settings.storage()
                .bucket()
                .map(name -> Bucket.of(settings).target(settings.retention().remote()));
    }

    private static Optional<SendTarget> copy(Settings settings, CamelContext context) {
        CopySettings copy = settings.copy();
        if (copy.to().isPresent() && settings.storage().stage() == Stage.NONE) {
            throw new Unusable(
                    "dolmen.copy.to is set, and with dolmen.storage.stage=none no backup lies here to be copied",
                    "Set one of them.");
        }
        return copy.to()
                .map(to -> new CopyTarget(
                        new CopyRecords(settings.paths().state(), copy.identity()),
                        CopyGateway.over(context.createProducerTemplate(), CopyEndpoint.of(context, copy), copy),
                        copy.place()));
    }
}
