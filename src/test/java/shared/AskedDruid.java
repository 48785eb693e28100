package shared;

import dolmen.druid.DruidApi;
import dolmen.druid.DruidCall;
import dolmen.druid.FakeDruid;
import dolmen.settings.DruidSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;

/** Druids that are asked through the routes, by HTTP. */
abstract class AskedDruid {
    static final String SEGMENTS = "/druid/coordinator/v1/metadata/segments?includeOvershadowedStatus&datasources=wiki";

    final DefaultCamelContext camel = new DefaultCamelContext();
    final List<FakeDruid> servers = new ArrayList<>();

    @AfterEach
    void close() {
        camel.stop();
        servers.forEach(FakeDruid::close);
    }

    FakeDruid router() {
        return kept(FakeDruid.router());
    }

    FakeDruid kept(FakeDruid druid) {
        servers.add(druid);
        return druid;
    }

    DruidApi api(DruidSettings settings) throws Exception {
        camel.addRoutes(new DruidHttp(settings));
        camel.start();
        DruidCall call = DruidGateway.over(camel.createProducerTemplate());
        return new DruidApi(call, settings);
    }

    static DruidSettings with(URI url, Optional<Path> authority, Duration callLimit, Duration verifyLimit) {
        return new DruidSettings(url, Optional.empty(), Optional.empty(), authority, callLimit, verifyLimit);
    }
}
